package deck

import (
	"regexp"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// The templates of tooltips: {field} and {a.b.c}.
var (
	blank    = regexp.MustCompile(`\{([^{}]*)\}`)
	breaks   = regexp.MustCompile(`(?i)<br\s*/?>|</(p|div|li|tr|h[1-6])>`)
	spaces   = regexp.MustCompile(`\s+`)
	entities = strings.NewReplacer("&nbsp;", " ", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#39;", "'", "&amp;", "&")
)

// tooltip is what is said of the row under the pointer.
type tooltip struct {
	text string
	html bool
}

// newTooltip returns the template of a tooltip; nil = none.
func newTooltip(v any) *tooltip {
	o, _ := v.(*js.Object)
	if s, ok := o.GetOr("html").(string); ok {
		return &tooltip{s, true}
	}
	if s, ok := o.GetOr("text").(string); ok {
		return &tooltip{s, false}
	}
	return nil
}

// fill is a template with the fields of a row in it. What the row does not have
// stays as it is written, and a value of null is a dash.
func (t *tooltip) fill(row any) string {
	if t == nil || t.text == "" {
		return ""
	}
	text := blank.ReplaceAllStringFunc(t.text, func(all string) string {
		if v, ok := lookUp(row, all[1:len(all)-1]); ok {
			return inWords(v)
		}
		return all
	})
	if !t.html {
		return text
	}
	text = breaks.ReplaceAllString(spaces.ReplaceAllString(text, " "), "\n")
	text = entities.Replace(tags.ReplaceAllString(text, ""))
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// inWords is a value in a tooltip.
func inWords(v any) string {
	if v == nil {
		return "null"
	}
	return js.String(v)
}

// lookUp finds a field of a row: its own, one of its properties, or one along a
// path of dots.
func lookUp(row any, key string) (any, bool) {
	o, _ := row.(*js.Object)
	if o == nil {
		return nil, false
	}
	if v, ok := o.Values[key]; ok {
		return v, true
	}
	if p, ok := o.Values["properties"].(*js.Object); ok {
		if v, ok := p.Values[key]; ok {
			return v, true
		}
	}
	if !strings.Contains(key, ".") {
		return nil, false
	}
	var v any = o
	for part := range strings.SplitSeq(key, ".") {
		v = memberOf(constantly(v), constantly(part), true)(nil)
	}
	return v, v != js.Undefined
}
