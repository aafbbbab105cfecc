package demo_test

import (
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
)

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		dashboard.ReadFS(demo.Files())
	}
}
