package vega

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Unsupported says which property of a specification is not supported, or
// wrong, and where it stands. Nothing is drawn then: a picture without it
// would be another one.
type Unsupported struct {
	Path string // "encoding.x.scale.type"
	Why  string // "is not supported" or a sentence after the path
}

// Error is the path and the reason.
func (e *Unsupported) Error() string {
	if e.Path == "" {
		return "the specification " + e.Why
	}
	return e.Path + " " + e.Why
}

// refuse ends the compilation with an *Unsupported.
func refuse(path, format string, args ...any) {
	panic(&Unsupported{strings.TrimPrefix(path, "."), fmt.Sprintf(format, args...)})
}

// node is an object of the specification. What is read of it is remembered,
// so that what nobody has read can be refused.
type node struct {
	o    *js.Object
	path string
	used map[*js.Object]map[string]bool
}

// ok reports whether the object is there.
func (n node) ok() bool { return n.o != nil }

func (n node) at(name string) string {
	if n.path == "" {
		return name
	}
	return n.path + "." + name
}

// mark remembers that a property was read.
func (n node) mark(name string) {
	if n.o == nil {
		return
	}
	names := n.used[n.o]
	if names == nil {
		names = map[string]bool{}
		n.used[n.o] = names
	}
	names[name] = true
}

// get returns a property, Undefined if it is not there.
func (n node) get(name string) any {
	if n.o == nil {
		return js.Undefined
	}
	n.mark(name)
	return n.o.Get(name)
}

// has reports whether a property is there, without reading it.
func (n node) has(name string) bool {
	if n.o == nil {
		return false
	}
	_, ok := n.o.Values[name]
	return ok
}

// child returns a property that is an object; it is not ok if there is none,
// and another value is refused.
func (n node) child(name string) node {
	switch v := n.get(name).(type) {
	case *js.Object:
		return node{v, n.at(name), n.used}
	case nil, bool:
		return node{nil, n.at(name), n.used}
	default:
		if v != js.Undefined {
			refuse(n.at(name), "must be an object")
		}
	}
	return node{nil, n.at(name), n.used}
}

// of wraps a value that was read from n.
func (n node) of(v any, name string) node {
	o, _ := v.(*js.Object)
	return node{o, n.at(name), n.used}
}

// items returns the objects of a list.
func (n node) items(name string) []node {
	list, ok := n.get(name).([]any)
	if !ok {
		if n.has(name) {
			refuse(n.at(name), "must be a list")
		}
		return nil
	}
	out := make([]node, len(list))
	for i, v := range list {
		o, ok := v.(*js.Object)
		if !ok {
			refuse(n.at(name)+"["+strconv.Itoa(i)+"]", "must be an object")
		}
		out[i] = node{o, n.at(name) + "[" + strconv.Itoa(i) + "]", n.used}
	}
	return out
}

// text returns a property that is text, "" if there is none.
func (n node) text(name string) string {
	switch v := n.get(name).(type) {
	case string:
		return v
	case nil:
	default:
		if v != js.Undefined {
			refuse(n.at(name), "must be text")
		}
	}
	return ""
}

// number returns a property that is a number; ok is false if there is none.
func (n node) number(name string) (v float64, ok bool) {
	switch v := n.get(name).(type) {
	case float64:
		return v, true
	case nil:
	default:
		if v != js.Undefined {
			refuse(n.at(name), "must be a number")
		}
	}
	return 0, false
}

// or returns a number, or another if there is none.
func (n node) or(name string, other float64) float64 {
	if v, ok := n.number(name); ok {
		return v
	}
	return other
}

// flag returns a property that is true or false, or another value if there
// is none.
func (n node) flag(name string, other bool) bool {
	if v, ok := n.get(name).(bool); ok {
		return v
	}
	return other
}

// texts returns a list of text.
func (n node) texts(name string) []string {
	switch v := n.get(name).(type) {
	case []any:
		out := make([]string, len(v))
		for i, e := range v {
			s, ok := e.(string)
			if !ok {
				refuse(n.at(name)+"["+strconv.Itoa(i)+"]", "must be text")
			}
			out[i] = s
		}
		return out
	case string:
		return []string{v}
	default:
		if v != js.Undefined && v != nil {
			refuse(n.at(name), "must be a list of text")
		}
	}
	return nil
}

// cosmetic are properties that cannot matter in a terminal, or that say
// nothing about the picture.
var cosmetic = func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(`$schema description usermeta name aria ariaRole ariaRoleDescription cursor href url tooltip
		background padding font fontWeight fontStyle cornerRadius cornerRadiusEnd cornerRadiusTopLeft cornerRadiusTopRight
		cornerRadiusBottomLeft cornerRadiusBottomRight labelFont labelFontSize labelFontWeight labelFontStyle labelColor labelPadding
		labelLimit labelOpacity labelLineHeight titleFont titleFontSize titleFontWeight titleFontStyle titleColor titlePadding titleLimit titleOpacity
		titleAnchor titleAlign titleAngle titleBaseline titleX titleY titleLineHeight gridColor gridWidth gridDash gridOpacity tickColor tickWidth tickSize tickOpacity tickDash
		tickOffset tickRound domainColor domainWidth domainDash domainOpacity domainCap offset zindex minExtent maxExtent labelAlign labelBaseline labelBound labelFlush
		labelFlushOffset labelOffset labelOverlap labelSeparation bandPositionAxis lineHeight limit ellipsis dir strokeCap strokeJoin strokeMiterLimit blend
		strokeOffset strokeForeground anchor frame subtitleColor subtitleFont subtitleFontSize subtitleFontStyle subtitleFontWeight
		subtitleLineHeight subtitlePadding columnPadding rowPadding symbolSize symbolStrokeWidth symbolOpacity symbolOffset
		gradientLength gradientThickness gradientOpacity gradientStrokeColor gradientStrokeWidth legendX legendY clipHeight
		spacing bounds center align autosize view smooth`) {
		all[name] = true
	}
	return all
}()

// unread returns the path of a property of o that nobody has read and that
// may change the picture.
func (n node) unread() string {
	for _, name := range n.o.Keys {
		if cosmetic[name] {
			continue
		}
		if !n.used[n.o][name] {
			return n.at(name)
		}
		if path := unreadIn(n.o.Values[name], n.at(name), n.used); path != "" {
			return path
		}
	}
	return ""
}

func unreadIn(v any, path string, used map[*js.Object]map[string]bool) string {
	switch v := v.(type) {
	case *js.Object:
		if used[v] == nil {
			return "" // a value that was taken whole
		}
		return node{v, path, used}.unread()
	case []any:
		for i, e := range v {
			if found := unreadIn(e, path+"["+strconv.Itoa(i)+"]", used); found != "" {
				return found
			}
		}
	}
	return ""
}
