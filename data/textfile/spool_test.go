package textfile_test

import (
	"bytes"
	"compress/gzip"
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

func TestWhatIsReceivedIsUnpackedUpToItsLimit(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(bytes.Repeat([]byte("1,2\n"), 2<<18)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for most, want := range map[int64]string{1 << 20: `"x.csv" cannot be read: it unpacks to more than 1 MiB: ask for less of it`, 2 << 20: ""} {
		f, err := textfile.OpenReceived(t.Context(), bytes.NewReader(b.Bytes()), "x.csv", textfile.Options{}, most)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if _, err := f.Finish(t.Context(), nil); err != nil {
			got = err.Error()
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		if got != want {
			t.Errorf("of %d bytes: got %q", most, got)
		}
	}
}
