package signin

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/tui/page"
)

func TestTheFieldShowsNoCode(t *testing.T) {
	const address = "http://localhost:8501/?code=c0de&state=s3cret"
	tests := map[string]struct {
		keys string
		want string // a bar where the cursor is
	}{
		"as it was pasted":              {"", "http://localhost:8501/?······················|"},
		"the cursor in the query":       {"left left", "http://localhost:8501/?····················|··"},
		"the cursor before the query":   {"home right", "h|ttp://localhost:8501/?······················"},
		"words erased":                  {"ctrl+w", "|"},
		"the question mark erased":      {"home" + strings.Repeat(" right", 23) + " backspace", "http://localhost:8501/|c·····················"},
		"a character of the code added": {"x", "http://localhost:8501/?·······················|"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := addressField()
			f.Insert([]rune(" " + address + "\n"))
			for _, k := range strings.Fields(tt.keys) {
				f.Key(page.Key(k))
			}
			if before, after := f.Around(longest); before+"|"+after != tt.want {
				t.Errorf("got %q, want %q", before+"|"+after, tt.want)
			}
		})
	}
}
