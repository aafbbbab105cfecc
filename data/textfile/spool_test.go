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

func TestASpoolIsReadAtAnyPlace(t *testing.T) {
	s := textfile.NewSpool(1 << 20)
	var all []byte
	for i := range 50 { // pieces of all sizes, and some that end where the spool's end
		part := bytes.Repeat([]byte{byte(i)}, []int{1, 1 << 16, 1<<16 - 1, 777}[i%4]/2+i%3)
		all = append(all, part...)
		if _, err := s.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	for _, at := range []int{0, 1, 1<<16 - 1, 1 << 16, 1<<16 + 1, len(all) - 1} {
		for _, n := range []int{1, 1 << 16, 1<<17 + 5, len(all)} {
			got := make([]byte, n)
			k, err := s.ReadAt(got, int64(at))
			want := all[at:min(at+n, len(all))]
			if !bytes.Equal(got[:k], want) || (err == io.EOF) != (k < n) {
				t.Errorf("%d bytes at %d: got %d, %v", n, at, k, err)
			}
		}
	}
	if _, err := s.ReadAt(make([]byte, 1), int64(len(all))); err != io.EOF {
		t.Errorf("behind its end: %v", err)
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
