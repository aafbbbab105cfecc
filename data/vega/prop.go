package vega

import (
	"github.com/authtabs/tabgate/data/vega/js"
)

// prop returns a property of the mark: its own, its style's, or the
// configuration's; Undefined if none says it.
func (u *unit) prop(name string) any { return propIn(u, name, u.kind, "mark") }

// ownProp is prop without what the configuration says of all marks.
func (u *unit) ownProp(name string) any { return propIn(u, name, u.kind) }

func propIn(u *unit, name string, groups ...string) any {
	if u.mark.has(name) {
		return u.c.resolved(u.mark.get(name))
	}
	styles := u.mark.texts2("style")
	u.mark.mark("style")
	conf := u.c.config
	if conf.ok() {
		if all := conf.child("style"); all.ok() {
			for i := len(styles) - 1; i >= 0; i-- {
				if s := all.child(styles[i]); s.has(name) {
					return u.c.resolved(s.get(name))
				}
			}
		}
		for _, group := range groups {
			if g := conf.child(group); g.has(name) {
				if o := object(g.o.Values[name]); o != nil && o2expr(o) {
					refuse(g.at(name), "is not supported: an expression")
				}
				return u.c.resolved(g.get(name))
			}
		}
	}
	return js.Undefined
}

// resolved evaluates {expr} where it stands for a value.
func (c *context) resolved(v any) any {
	if o := object(v); o != nil {
		if x, ok := o.Values["expr"].(string); ok && len(o.Keys) == 1 {
			c.used[o] = map[string]bool{"expr": true}
			return c.constant(x, "expr")
		}
	}
	return v
}

// propNumber is a property that is a number.
func (u *unit) propNumber(name string) (float64, bool) {
	f, ok := u.prop(name).(float64)
	return f, ok
}

func (u *unit) propOr(name string, other float64) float64 {
	if f, ok := u.propNumber(name); ok {
		return f
	}
	return other
}
