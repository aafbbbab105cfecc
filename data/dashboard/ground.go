package dashboard

import (
	"path"
	"strings"

	"go.yaml.in/yaml/v3"
)

// NoGround is a ground that is the coast alone, where the folder names another.
const NoGround = "none"

const groundDoc = "What lies below the map: a .pmtiles archive of the folder, an address of tiles with {z}/{x}/{y} in it or of a TileJSON (https://tiles.openfreemap.org/planet needs no key), or none."

// ground is where tiles come from. An address is asked only after the reader's
// yes, like every other.
func ground() codec[string] {
	c := line()
	web := address()
	c.read = func(r *reader, n *yaml.Node, v *string) {
		s, ok := r.scalar(n, "a .pmtiles archive, an address of tiles, or none")
		switch {
		case !ok:
		case s == NoGround:
			*v = s
		case strings.Contains(s, "://"):
			if missing := missingInTemplate(s); missing != "" {
				r.wrong(n, "the address of the ground lacks %s: tiles have {z}, {x} and {y}", missing)
				return
			}
			web.read(r, n, v)
		case !r.inside(n, s):
		case !strings.HasSuffix(strings.ToLower(s), ".pmtiles"):
			r.wrong(n, "%s is no .pmtiles archive, and no address of tiles: write https://…, or none", shown(s))
		default:
			*v = path.Clean(s)
			r.exists(n, *v)
		}
	}
	c.schema = func() schema {
		return schema{"type": "string", "pattern": `^none$|\.[pP][mM][tT][iI][lL][eE][sS]$|^[hH][tT][tT][pP][sS]://|^[hH][tT][tT][pP]://(localhost|127\.|\[::1\])`}
	}
	return c
}

// missingInTemplate is the first of {z}, {x} and {y} that an address with one of
// them lacks.
func missingInTemplate(s string) string {
	if !strings.Contains(s, "{") {
		return ""
	}
	for _, part := range []string{"{z}", "{x}", "{y}"} {
		if !strings.Contains(s, part) {
			return part
		}
	}
	return ""
}

// GroundOf is the ground of a panel: its own or the folder's; "" = the coast
// alone.
func (d *Dashboard) GroundOf(p *Panel) string {
	own := ""
	switch s := p.Spec.(type) {
	case *Map:
		own = s.Ground
	case *Pydeck:
		own = s.Ground
	default:
		return ""
	}
	if own = or(own, d.Ground); own == NoGround {
		return ""
	}
	return own
}

// grounds are the needs of the maps of a page.
func (d *Dashboard) grounds(c *Content) (needs []Need) {
	for _, r := range c.Rows {
		for i := range r.Panels {
			if g := d.GroundOf(&r.Panels[i]); strings.Contains(g, "://") {
				needs = append(needs, Need{Kind: NeedOrigin, Place: originOf(g), Identity: "none"})
			}
		}
	}
	return needs
}
