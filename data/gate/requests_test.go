package gate_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/gate/wire"
)

// figures are words that stand in the gated page's figures or definition alone.
var figures = []string{"alpha", "hush", "region", "North", "Energy", "bar_chart", "buried"}

func TestTokensInOtherPlaces(t *testing.T) {
	d := serve(t, house())
	t.Run("G-15 two Authorization headers are one too many", func(t *testing.T) {
		for _, second := range []string{"Bearer ana", "Bearer nobody", ""} {
			d.get(wire.PagePath("risk"), "ana", "Authorization", second).refused(t, http.StatusBadRequest, figures...)
		}
	})
	t.Run("G-15 a token in the address, a cookie, a form or another scheme is none", func(t *testing.T) {
		d.get(wire.PagePath("risk")+"?access_token=ana", "").refused(t, http.StatusUnauthorized, figures...)
		d.get(wire.PagePath("open")+"?access_token=ana", "").refused(t, http.StatusBadRequest)
		d.get(wire.FramePath("open", "open", nil)+"?access_token=ana", "").refused(t, http.StatusBadRequest)
		d.get(wire.PagePath("risk"), "", "Cookie", "access_token=ana; Authorization=Bearer ana").refused(t, http.StatusUnauthorized, figures...)
		for _, scheme := range []string{"Basic ana", "ana", "Bearer", "Bearer ", "Bearer ana ana", "Bearer,ana"} {
			d.get(wire.PagePath("risk"), "", "Authorization", scheme).refused(t, http.StatusBadRequest, figures...)
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.url+wire.PagePath("risk"), strings.NewReader("access_token=ana"))
		if err != nil {
			t.Fatal(err)
		}
		d.do(req).refused(t, http.StatusRequestEntityTooLarge, figures...)
	})
}

func TestPaths(t *testing.T) {
	d := serve(t, house())
	t.Run("G-20 a path that is written in another way leads nowhere", func(t *testing.T) {
		for _, path := range []string{
			"/v1/pages/open/../risk", "/v1/pages/./risk", "/v1//pages/risk", "//v1/pages/risk", "/v1/pages/risk/", "/v1/pages/%2e%2e/pages/risk",
			"/v1/pages/risk%00", "/v1/pages/open%2f..%2frisk", "/v1/pages/RISK", "/v1/pages/risk%20", "/V1/pages/risk", "/v1/pages",
			"/v1/pages/risk/frames", "/v1/pages/risk/frames/risk/x", "/v1/pages/home", "/v1/pages/data%2Frisk.csv", "/data/risk.csv", "/tabgate.yaml", "/", "/v1/pages/risk;x=1",
			"/.well-known//oauth-protected-resource", "/.well-known/oauth-protected-resource/x",
		} {
			got := d.raw("GET " + path + " HTTP/1.1\r\nHost: " + d.host() + "\r\nAuthorization: Bearer ana\r\nConnection: close\r\n\r\n")
			if !strings.HasPrefix(got, "HTTP/1.1 404 ") && !strings.HasPrefix(got, "HTTP/1.1 400 ") {
				t.Errorf("%s is answered with %q", path, got)
			}
			for _, f := range figures {
				if strings.Contains(got, f) {
					t.Errorf("%s gives %q away", path, f)
				}
			}
		}
	})
	t.Run("G-20 a frame opens only under its own page", func(t *testing.T) {
		d.get(wire.FramePath("open", "risk", nil), "").refused(t, http.StatusNotFound, figures...)
		d.get(wire.FramePath("open", "risk", nil), "ana").refused(t, http.StatusNotFound, figures...)
		d.get(wire.FramePath("team", "risk", nil), "guest").refused(t, http.StatusNotFound, figures...)
	})
	t.Run("G-20 a source that no panel shows is no frame", func(t *testing.T) {
		for _, name := range []string{"unused", "data/unused.csv", "risk 2", "../unused", ""} {
			if a := d.get(wire.FramePath("risk", name, nil), "ana"); a.StatusCode != http.StatusNotFound {
				t.Errorf("%q is answered with %d: %s", name, a.StatusCode, a.body)
			}
		}
	})
	t.Run("G-46 neither a column nor a row that is not shown is sent", func(t *testing.T) {
		a := d.get(wire.FramePath("risk", "risk", nil), "ana").complete(t, "2")
		if got := a.headings(); !slices.Equal(got, []string{"amount", "late", "name", "sector"}) {
			t.Errorf("the columns are %q", got)
		}
		page := d.get(wire.PagePath("risk"), "ana").ok(t).body
		for _, secret := range []string{"hush", "gamma", "secret", "region", "North", "data/", "risk.csv", d.dir} {
			if strings.Contains(a.body, secret) || strings.Contains(page, secret) {
				t.Errorf("%q is sent: %s %s", secret, page, a.body)
			}
		}
	})
	t.Run("other methods and types are refused by name", func(t *testing.T) {
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, http.MethodPatch} {
			req, err := http.NewRequestWithContext(t.Context(), method, d.url+wire.PagePath("open"), nil)
			if err != nil {
				t.Fatal(err)
			}
			if a := d.do(req); a.Header.Get("Allow") != "GET, HEAD" || a.Header.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s: %v", method, a.Header)
			} else {
				a.refused(t, http.StatusMethodNotAllowed)
			}
		}
		d.get(wire.PagePath("open"), "", "Accept", "text/html").refused(t, http.StatusNotAcceptable)
		d.get(wire.FramePath("open", "open", nil), "", "Accept", "text/html, image/*").refused(t, http.StatusNotAcceptable)
		d.get(wire.FramePath("open", "open", nil), "", "Accept", "application/json;q=0.5, text/csv;q=0.1").complete(t, "1")
	})
}

func TestReload(t *testing.T) {
	d := serve(t, house())
	was := d.get(wire.FramePath("open", "open", nil), "").complete(t, "1")
	t.Run("a page that was open and is gated now gives nothing more", func(t *testing.T) {
		d.write("pages/1_Open.yaml", "groups: [Underwriters]\nsources:\n  open: {path: data/open.csv}\nrows:\n  - - table: {source: open}\n")
		d.reload()
		d.get(wire.FramePath("open", "open", nil), "", "If-None-Match", was.Header.Get("ETag")).refused(t, http.StatusUnauthorized, "two")
		d.get(wire.PagePath("open"), "bob").refused(t, http.StatusForbidden, "table")
		if a := d.get(wire.FramePath("open", "open", nil), "ana").complete(t, "1"); a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("a member's may be stored: %v", a.Header)
		}
	})
}
