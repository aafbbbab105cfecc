package textfile_test

import (
	"io"
	"os"
	"testing"

	"github.com/authtabs/tabgate/data/textfile"
)

func TestSpool(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	s := textfile.NewSpool(8)
	for _, part := range []string{"abc", "defgh", "ijk", "lm"} {
		if _, err := io.WriteString(s, part); err != nil {
			t.Fatal(err)
		}
	}
	got := make([]byte, 13)
	if _, err := s.ReadAt(got, 0); err != nil || string(got) != "abcdefghijklm" {
		t.Errorf("got %q, %v", got, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}
