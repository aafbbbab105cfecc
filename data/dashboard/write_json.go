package dashboard

import (
	"encoding/json"

	"go.yaml.in/yaml/v3"
)

// RowsJSON writes rows as JSON, in the grammar of a page's file. It reports
// false for what cannot be written, such as a specification that is no JSON.
func RowsJSON(rs []Row) ([]byte, bool) { return asWritten(rows().write(rs)) }

// InputsJSON is RowsJSON for inputs. Those that pages share are written in full.
func InputsJSON(is []Input) ([]byte, bool) {
	own := make([]Input, len(is))
	for i, in := range is {
		in.Shared = false
		own[i] = in
	}
	return asWritten(inputs(true).write(own))
}

func asWritten(n *yaml.Node) ([]byte, bool) {
	if n == nil {
		return []byte("[]"), true
	}
	quoteNumbers(n)
	return (&reader{}).asJSON(n)
}

// quoteNumbers makes texts of what is a number in YAML and none in JSON, such as
// 007: it is compared as it is written.
func quoteNumbers(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode {
		if tag := n.ShortTag(); (tag == "!!int" || tag == "!!float") && !json.Valid([]byte(n.Value)) {
			n.Tag = "!!str"
		}
	}
	for _, child := range n.Content {
		quoteNumbers(child)
	}
}

// Whole reports whether tabgate.yaml has no errors. Where it has, what it says is
// not known, and the dashboard is not to be used.
func (d *Dashboard) Whole() bool { return !d.broken }

// Unreadable is a dashboard of which nothing may be used, as if tabgate.yaml had
// errors.
func Unreadable(d *Dashboard) *Dashboard {
	out := *d
	out.broken = true
	return &out
}
