package gate_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate/wire"
)

const openPage = "groups: []\nsources:\n  open: {path: data/open.csv}\nrows:\n  - - table: {source: open}\n"

func TestG35Reload(t *testing.T) {
	t.Run("G-35 a page with errors is closed to all and the others go on", func(t *testing.T) {
		d := serve(t, house())
		d.write("pages/2_Risk.yaml", "groups: []\nrows: {nonsense: 1}\n")
		d.reload()
		d.get(wire.PagePath("risk"), "ana").refused(t, http.StatusServiceUnavailable, "nonsense")
		d.get(wire.PagePath("risk"), "guest").refused(t, http.StatusForbidden, "nonsense")
		d.get(wire.FramePath("risk", "risk", nil), "").refused(t, http.StatusUnauthorized, figures...)
		d.get(wire.FramePath("open", "open", nil), "").complete(t, "1")
		if a := d.get(wire.HealthPath, ""); a.StatusCode != http.StatusServiceUnavailable || !strings.Contains(a.body, "pages/2_Risk.yaml:2") {
			t.Errorf("health is %d %q", a.StatusCode, a.body)
		}
		if !strings.Contains(d.log.String(), "pages/2_Risk.yaml:2") {
			t.Errorf("the log does not say it: %s", d.log)
		}
		d.write("pages/2_Risk.yaml", house()["pages/2_Risk.yaml"])
		d.reload()
		d.get(wire.FramePath("risk", "risk", nil), "ana").complete(t, "2")
		if a := d.get(wire.HealthPath, ""); a.body != "ok\n" {
			t.Errorf("health is %q", a.body)
		}
	})
	t.Run("G-35 errors of the folder keep the old rules, and stricter ones lock at once", func(t *testing.T) {
		d := serve(t, house())
		d.write("tabgate.yaml", "title: [broken\n")
		d.write("pages/1_Open.yaml", strings.Replace(openPage, "[]", "[Board]", 1))
		d.write("pages/2_Risk.yaml", strings.Replace(house()["pages/2_Risk.yaml"], "[Underwriters]", "[]", 1))
		d.reload()
		d.get(wire.FramePath("open", "open", nil), "").refused(t, http.StatusUnauthorized, "two")
		d.get(wire.FramePath("open", "open", nil), "ana").refused(t, http.StatusForbidden, "two")
		d.get(wire.FramePath("risk", "risk", nil), "").refused(t, http.StatusUnauthorized, figures...)
		d.get(wire.FramePath("risk", "risk", nil), "bob").refused(t, http.StatusForbidden, figures...)
		d.get(wire.FramePath("risk", "risk", nil), "ana").complete(t, "2")
		if a := d.get(wire.HealthPath, ""); a.StatusCode != http.StatusServiceUnavailable || !strings.Contains(a.body, "tabgate.yaml:") {
			t.Errorf("health is %d %q", a.StatusCode, a.body)
		}
	})
	t.Run("G-35 a page that is taken away is gone at once", func(t *testing.T) {
		d := serve(t, house())
		d.write("tabgate.yaml", "nonsense: 1\n")
		d.write("pages/2_Risk.yaml", "")
		d.remove("pages/2_Risk.yaml")
		d.reload()
		d.get(wire.PagePath("risk"), "ana").refused(t, http.StatusNotFound, figures...)
	})
	t.Run("G-62 every form of groups but a list of names closes the page", func(t *testing.T) {
		d := serve(t, house())
		for _, groups := range []string{"", "null", "~", "Underwriters", `""`, `[""]`, `[" "]`, `["*", A]`, `[null]`, "[[A]]", "{A: 1}", "[1]", "[true]", "&a [A]\nx: *a", "[A, A]", "!!set {A}", "[\"A\\u200b\"]", "[*]", "yes"} {
			d.write("pages/1_Open.yaml", strings.Replace(openPage, "[]", groups, 1))
			d.reload()
			for _, token := range []string{"", "ana", "guest"} {
				a := d.get(wire.FramePath("open", "open", nil), token)
				if a.StatusCode == http.StatusOK || strings.Contains(a.body, "two") {
					t.Errorf("groups: %q opens it to %q: %d", groups, token, a.StatusCode)
				}
			}
		}
		d.write("pages/1_Open.yaml", strings.Replace(openPage, "groups: []\n", "Groups: []\nGROUPS: []\n", 1))
		d.reload()
		if a := d.get(wire.FramePath("open", "open", nil), "ana"); a.StatusCode == http.StatusOK {
			t.Error("groups in another case open it")
		}
	})
	t.Run("G-13 groups are compared byte for byte", func(t *testing.T) {
		d := serve(t, house())
		for _, g := range []string{"underwriters", "UNDERWRITERS", " Underwriters", "Underwriters ", "Underwriter", "Underwriters\x00", "Underwr\u0456ters", "Under\u200bwriters", "*", ""} {
			d.people.put("look-alike", caller("x"+g, g))
			d.get(wire.FramePath("risk", "risk", nil), "look-alike").refused(t, http.StatusForbidden, figures...)
		}
		p := d.get(wire.PagePath("risk"), "look-alike").refused(t, http.StatusForbidden)
		if len(p.Needs) != 1 || p.Needs[0] != "Underwriters" || p.Detail != "You do not have access. Please contact the administrator." {
			t.Errorf("the refusal says %+v", p)
		}
	})
}

// long is a folder with an open page and a gated one of so many rows that no
// connection holds them.
func long() files {
	f := house()
	rows := "a,b\n" + strings.Repeat("1,"+strings.Repeat("x", 1000)+"\n", 20_000)
	f["data/open.csv"] = rows
	f["pages/5_Long.yaml"] = "groups: [Underwriters]\nsources:\n  long: {path: data/open.csv}\nrows:\n  - - table: {source: long}\n"
	return f
}

// begun is an answer of which the beginning was read.
type begun struct {
	*http.Response

	body *bufio.Reader
	conn net.Conn
}

// begin asks for a frame and reads the beginning of the answer alone.
func (d *desk) begin(path, token string) *begun {
	d.t.Helper()
	b, err := d.tryBegin(path, token)
	if err != nil {
		d.t.Fatal(err)
	}
	return b
}

// tryBegin is begin for what may be cut at once.
func (d *desk) tryBegin(path, token string) (*begun, error) {
	d.t.Helper()
	c, err := net.Dial("tcp", d.host())
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { c.Close() })
	request := "GET " + path + " HTTP/1.1\r\nHost: " + d.host() + "\r\n"
	if token != "" {
		request += "Authorization: Bearer " + token + "\r\n"
	}
	if _, err := io.WriteString(c, request+"\r\n"); err != nil {
		return nil, err
	}
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return nil, err
	}
	b := &begun{resp, bufio.NewReader(resp.Body), c}
	if line, err := b.body.ReadString('\n'); err != nil || resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%d %q %w", resp.StatusCode, line, err)
	}
	return b, nil
}

// rest reads what comes after the beginning.
func (b *begun) rest(t *testing.T) (text string, err error) {
	t.Helper()
	if err := b.conn.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(b.body)
	return string(all), err
}

func TestStreams(t *testing.T) {
	t.Run("G-50 a stream ends when the token does", func(t *testing.T) {
		d := serve(t, long())
		d.begin(wire.FramePath("long", "long", nil), "ana") // so that the figures have been read
		var b *begun
		asked := 0
		for life := 200 * time.Millisecond; b == nil; life *= 2 { // on a busy machine it may end before it has begun
			c := caller("short", "Underwriters")
			c.Expiry = time.Now().Add(life)
			d.people.put("short", c)
			b, _ = d.tryBegin(wire.FramePath("long", "long", nil), "short")
			asked++
		}
		eventually(t, "the answer is cut", func() bool { return strings.Count(d.audit.String(), `"sub":"short"`) == asked })
		if _, err := b.rest(t); err == nil {
			t.Error("it came to its end all the same")
		}
		if !strings.Contains(d.log.String(), "the access token ended") {
			t.Errorf("the log says %s", d.log)
		}
	})
	t.Run("G-50 a stream of a page that closes is cut by the reload", func(t *testing.T) {
		d := serve(t, long())
		open, gated := d.begin(wire.FramePath("open", "open", nil), ""), d.begin(wire.FramePath("long", "long", nil), "ana")
		d.write("pages/1_Open.yaml", strings.Replace(openPage, "[]", "[Board]", 1))
		d.reload()
		if _, err := open.rest(t); err == nil {
			t.Error("it came to its end all the same")
		}
		if text, err := gated.rest(t); err != nil || strings.Count(text, "\n") != 20_000 || gated.Trailer.Get(wire.RowsTrailer) != "20000" {
			t.Errorf("the stream of a page that stayed open came to %d rows: %v", strings.Count(text, "\n"), err)
		}
	})
	t.Run("G-51 a stream that was cut has no trailers, and is refused", func(t *testing.T) {
		d := serve(t, long())
		b := d.begin(wire.FramePath("open", "open", nil), "")
		d.write("pages/1_Open.yaml", "nonsense")
		d.reload()
		text, err := b.rest(t)
		if err == nil || b.Trailer.Get(wire.RowsTrailer) != "" {
			t.Fatalf("it ended with %v and the trailers %v", err, b.Trailer)
		}
		if _, err := wire.ReadCSV(t.Context(), io.MultiReader(strings.NewReader("a,b\n"+text), failing{err}), []wire.Column{{Name: "a", Type: "integer"}, {Name: "b", Type: "text"}}, frame.Origin{}); err == nil {
			t.Error("what came of it was taken for a frame")
		}
	})
	t.Run("G-37 a server that is told to end lets a stream come to its end", func(t *testing.T) {
		d := serve(t, long())
		b := d.begin(wire.FramePath("long", "long", nil), "ana")
		ended := make(chan struct{})
		go func() { defer close(ended); d.stop() }()
		eventually(t, "it takes no more connections", func() bool {
			c, err := net.Dial("tcp", d.host())
			if err == nil {
				c.Close()
			}
			return err != nil
		})
		if text, err := b.rest(t); err != nil || strings.Count(text, "\n") != 20_000 || b.Trailer.Get(wire.RowsTrailer) != "20000" {
			t.Errorf("it came to %d rows: %v", strings.Count(text, "\n"), err)
		}
		<-ended
	})
	t.Run("G-49 an answer of 304 needs what the figures need", func(t *testing.T) {
		d := serve(t, house())
		path := wire.FramePath("risk", "risk", nil)
		tag := d.get(path, "ana").complete(t, "2").Header.Get("ETag")
		if a := d.get(path, "ana", "If-None-Match", tag); a.StatusCode != http.StatusNotModified || a.body != "" {
			t.Errorf("a member is answered with %d %q", a.StatusCode, a.body)
		}
		for _, known := range []string{tag, "*", "W/" + tag} {
			d.get(path, "", "If-None-Match", known).refused(t, http.StatusUnauthorized)
			d.get(path, "bob", "If-None-Match", known).refused(t, http.StatusForbidden)
			d.get(path, "nobody", "If-None-Match", known).refused(t, http.StatusUnauthorized)
		}
		if other := d.get(path, "ana", "Accept", "application/json").ok(t).Header.Get("ETag"); other == tag {
			t.Error("two forms have one tag")
		}
	})
	for _, coding := range []string{"gzip", "zstd"} {
		t.Run("a stream can be compressed with "+coding, func(t *testing.T) {
			d := serve(t, long())
			a := d.get(wire.FramePath("open", "open", nil), "", "Accept-Encoding", coding+", br;q=0.1").complete(t, "20000")
			if a.Header.Get("Content-Encoding") != coding || len(a.body) > 10<<20 {
				t.Errorf("%d bytes in %q", len(a.body), a.Header.Get("Content-Encoding"))
			}
		})
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
