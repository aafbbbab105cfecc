package vega

import (
	"github.com/authtabs/tabgate/data/vega/js"
)

func (u *unit) prop(name string) any {
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
		for _, group := range []string{u.kind, "mark"} {
			if g := conf.child(group); g.has(name) {
				return u.c.resolved(g.get(name))
			}
		}
	}
	return js.Undefined
}

func (c *context) resolved(v any) any {
	if o := object(v); o != nil {
		if x, ok := o.Values["expr"].(string); ok && len(o.Keys) == 1 {
			c.used[o] = map[string]bool{"expr": true}
			return c.constant(x, "expr")
		}
	}
	return v
}

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
