package gate_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/gate/wire"
)

// FuzzRequests asks for whatever, as nobody and as somebody without a group:
// neither is ever given what the gated page alone has.
func FuzzRequests(f *testing.F) {
	d := serve(f, house())
	for _, target := range []string{
		wire.DashboardPath, wire.ResourcePath, wire.HealthPath, wire.WhoamiPath, wire.PagePath("risk"), wire.PagePath("open"), wire.FramePath("risk", "risk", nil),
		wire.FramePath("open", "open", map[string][]string{"x": {"1"}}), "/v1/pages/%2e%2e/risk", "/v1/pages/open/frames/risk?input.find=a", "//", "/v1/pages/open/frames/open?%zz",
	} {
		f.Add(target, "", "text/csv", "gzip")
		f.Add(target, "Bearer guest", "application/json", "zstd;q=0.1, *;q=0")
	}
	f.Fuzz(func(t *testing.T, target, authorization, accept, coding string) {
		if !strings.HasPrefix(target, "/") || strings.ContainsAny(target, " \r\n\x00") || strings.Contains(authorization, "ana") || strings.Contains(authorization, "bob") {
			return
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+d.host()+target, nil)
		if err != nil {
			return
		}
		req.RemoteAddr = "127.0.0.1:1"
		req.Header = http.Header{"Authorization": {authorization}, "Accept": {accept}, "Accept-Encoding": {coding}}
		if authorization == "" {
			req.Header.Del("Authorization")
		}
		w := httptest.NewRecorder()
		func() {
			defer func() {
				if r := recover(); r != nil && r != http.ErrAbortHandler {
					panic(r)
				}
			}()
			d.gate.ServeHTTP(w, req)
		}()
		for _, secret := range []string{"alpha", "hush", "bar_chart", "buried"} {
			if strings.Contains(w.Body.String(), secret) && !strings.Contains(target, secret) {
				t.Fatalf("%q gives %q away: %s", target, secret, w.Body)
			}
		}
		if w.Code == http.StatusInternalServerError {
			t.Fatalf("%q is answered with %d", target, w.Code)
		}
	})
}
