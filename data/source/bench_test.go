package source_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
)

// million is a csv of a million rows with eight columns.
func million() string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("id,day,sector,region,amount,rate,open,name\n")
	for i := range 1_000_000 {
		fmt.Fprintf(&b, "%d,2024-%02d-%02d,sector %d,%c,%.2f,%.4f,%t,name %d\n",
			i, 1+r.IntN(12), 1+r.IntN(28), r.IntN(20), 'A'+rune(r.IntN(5)), r.Float64()*1e5, r.Float64(), r.IntN(2) == 0, r.IntN(5000))
	}
	return b.String()
}

func BenchmarkMillionRows(b *testing.B) {
	root := folder(b, map[string]string{"m.csv": million()})
	src := dashboard.Source{Path: "m.csv"}
	b.Run("head", func(b *testing.B) {
		for b.Loop() {
			s := source.NewStore(b.Context(), source.Options{Root: root})
			f := s.Open(src, nil)
			if head, err := f.Next(b.Context(), 0); err != nil || head.Frame.Len() != 1000 {
				b.Fatal(err)
			}
			b.StopTimer()
			_ = s.Close()
			b.StartTimer()
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			s := source.NewStore(b.Context(), source.Options{Root: root})
			if all := complete(b, s.Open(src, nil), 0); all.Frame.Len() != 1_000_000 {
				b.Fatal(all.Err)
			}
			_ = s.Close()
		}
	})
}
