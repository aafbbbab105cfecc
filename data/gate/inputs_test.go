package gate_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/gate/wire"
)

func TestG21Inputs(t *testing.T) {
	d := serve(t, house())
	frame := wire.FramePath("risk", "risk", nil)
	for name, query := range map[string]string{
		"an unknown name":              "input.secret=hush",
		"a name without its beginning": "sectors=Energy",
		"a token":                      "access_token=ana",
		"a value that is not offered":  "input.sectors=Atlantis",
		"one of several not offered":   "input.sectors=Energy&input.sectors=Atlantis",
		"a value of rows not shown":    "input.sectors=energy",
		"SQL among the options":        "input.sectors=" + url.QueryEscape("Energy' or 1=1 --"),
		"an empty value beside others": "input.sectors=Energy&input.sectors=",
		"two texts":                    "input.find=a&input.find=b",
		"a text of control characters": "input.find=%1b%5d0%3b",
		"a text that is too long":      "input.find=" + strings.Repeat("x", 2000),
		"a range that is none":         "input.amounts=10",
		"a range of words":             "input.amounts=a..b",
		"a range of SQL":               "input.amounts=" + url.QueryEscape("1..2; drop table x"),
		"two ranges":                   "input.amounts=1..2&input.amounts=3..4",
		"a toggle that is neither":     "input.late=yes",
		"an escape that is none":       "input.late=%zz",
	} {
		t.Run("G-21 "+name+" is refused", func(t *testing.T) {
			d.people.put("t", caller("t "+name, "Underwriters"))
			d.get(frame+"?"+query, "t").refused(t, http.StatusBadRequest, "alpha", "hush")
		})
	}
	t.Run("G-21 a huge list is refused", func(t *testing.T) {
		d.get(frame+"?"+strings.TrimSuffix(strings.Repeat("input.sectors=Energy&", 900), "&"), "ana").refused(t, http.StatusRequestEntityTooLarge)
	})
	t.Run("what is taken filters nothing of a file: that is the reader's side", func(t *testing.T) {
		for _, query := range []string{
			"input.sectors=Energy", "input.sectors=Energy&input.sectors=Retail", "input.sectors=", "input.find=al", "input.amounts=1..2", "input.amounts=..", "input.amounts=2024-01-01..", "input.late=true", "input.late=false",
		} {
			d.get(frame+"?"+query, "ana").complete(t, "2")
		}
	})
	t.Run("who may not see the page is told nothing of its inputs", func(t *testing.T) {
		d.get(frame+"?input.nothing=1", "").refused(t, http.StatusUnauthorized, "input")
	})
}
