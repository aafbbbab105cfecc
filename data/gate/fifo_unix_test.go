//go:build unix

package gate_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/authtabs/tabgate/data/gate/wire"
)

func TestG36AFIFOKeepsNobodyWaiting(t *testing.T) {
	d := serve(t, house(), func(o *options) { o.QueryTime = o.WriteTime })
	if err := syscall.Mkfifo(filepath.Join(d.dir, "data", "pipe.csv"), 0o600); err != nil {
		t.Skip(err)
	}
	d.write("pages/1_Open.yaml", strings.Replace(openPage, "open.csv", "pipe.csv", 1))
	d.reload()
	if a := d.get(wire.FramePath("open", "open", nil), ""); a.StatusCode != http.StatusServiceUnavailable && a.StatusCode != http.StatusNotFound {
		t.Errorf("it is answered with %d", a.StatusCode)
	}
}
