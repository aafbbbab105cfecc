package vega

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/data/vega/js"
)

func sortFloats(v []float64) { sort.Float64s(v) }

// legendChannels are the channels that have legends.
var legendChannels = []string{"color", "fill", "stroke", "opacity", "fillOpacity", "strokeOpacity", "size", "shape", "strokeDash", "strokeWidth", "angle"}

// maxSymbols is how many symbols a legend shows.
const maxSymbols = 30

// legends makes the legends of all scales, and merges those of one field.
func (c guider) legends() []*Legend {
	sets := map[string][]*scaleGroup{}
	var order []string
	for _, name := range legendChannels {
		for _, g := range c.legendGroups(name) {
			if !g.hasLegend() {
				continue
			}
			id := g.legendKey()
			if sets[id] == nil {
				order = append(order, id)
			}
			sets[id] = append(sets[id], g)
		}
	}
	out := []*Legend{}
	for _, id := range order {
		out = append(out, c.legend(sets[id]))
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].order() < out[j].order() })
	return out
}

// legendGroups are the scales of a channel; where legends are independent the
// views that share one are apart.
func (c guider) legendGroups(name string) (all []*scaleGroup) {
	for _, g := range c.groups {
		if g.channel != name {
			continue
		}
		by := map[*instance]*scaleGroup{}
		for _, m := range g.members {
			owner := m.u.in.legendOwner(name, g.owner)
			if by[owner] == nil {
				part := *g
				part.owner, part.members = owner, nil
				by[owner] = &part
				all = append(all, &part)
			}
			by[owner].members = append(by[owner].members, m)
		}
	}
	return all
}

// legendOwner is the view whose legend explains a unit's channel: that of the
// scale, unless legends are independent below it.
func (in *instance) legendOwner(name string, scale *instance) *instance {
	owner := scale
	for p := in; p != scale && p != nil && p.parent != nil; p = p.parent {
		if p.parent.n.child("resolve").child("legend").text(name) == "independent" {
			owner = p
		}
	}
	return owner
}

// legendKey is the same for scales that one legend explains: those of one
// field and one domain.
func (g *scaleGroup) legendKey() string {
	ch := g.members[0].ch
	domain, _ := g.setting("domain")
	return fmt.Sprint(ch.field, "|", ch.col, "|", ch.binned, "|", g.scale.discrete(), "|", js.String(domain), "|", g.owner.n.path, "|", fmt.Sprintf("%p", g.members[0].u.n.o))
}

// hasLegend reports whether any member wants the scale explained.
func (g *scaleGroup) hasLegend() bool {
	shown, offs, asked := 0, 0, 0
	for _, m := range g.members {
		if !m.ch.isField() && !m.ch.hasDatum {
			continue
		}
		shown++
		n, off := legendNode(m.ch)
		if off {
			offs++
		}
		if n.ok() {
			asked++
		}
	}
	if v, ok := g.members[0].u.c.config.child("legend").get("disable").(bool); ok && v {
		return false
	}
	return g.channel != "angle" && shown > 0 && offs < shown && (offs == 0 || asked > 0)
}

func (l *Legend) order() string {
	return l.Title + "\x00" + strings.Join(l.Labels, ",") + "\x00" + strings.Join(l.Channels, ",")
}

// legend makes the legend of scales that share one. That of sizes gives the
// values, if there is one.
func (c guider) legend(groups []*scaleGroup) *Legend {
	var nodes []node
	l := &Legend{}
	lead := groups[0]
	kinds := map[string]bool{}
	for _, g := range groups {
		l.Channels = append(l.Channels, g.channel)
		kinds[c.legendType(g)] = true
		if g.channel == "size" || g.channel == "shape" && lead.channel != "size" {
			lead = g
		}
		for _, m := range g.members {
			if n, _ := legendNode(m.ch); n.ok() {
				nodes = append(nodes, n)
			}
		}
	}
	setting := func(name string) any { return c.axisSetting(nodes, name, []string{"legend"}) }
	for _, cosmeticOnly := range []string{"orient", "titleOrient", "direction", "columns", "symbolType", "symbolFillColor", "symbolStrokeColor", "symbolLimit", "fillColor", "strokeColor"} {
		setting(cosmeticOnly)
	}
	l.Type = c.legendType(groups[0])
	if len(kinds) > 1 {
		l.Type = "symbol"
	}
	if t, ok := setting("type").(string); ok && t == "symbol" && l.Type == "gradient" {
		l.Type = "symbol"
	}
	l.Title = c.legendTitle(groups, setting)
	l.Scale = lead.scale
	if ch := lead.members[0].ch; lead.scale.discrete() && ch.op == "" && !ch.binned && ch.unit == nil && !ch.continuous() {
		l.Field = ch.field
	}
	c.legendEntries(l, lead, lead.members[0].ch, setting)
	for _, g := range groups {
		if g.channel == "color" || g.channel == "fill" || g.channel == "stroke" {
			l.Colors, l.Scale = nil, g.scale
			for _, v := range l.Values {
				l.Colors = append(l.Colors, g.scale.Text(v))
			}
			break
		}
	}
	return l
}

// legendType is how a scale is explained: by symbols, a gradient, or steps.
func (c guider) legendType(g *scaleGroup) string {
	color := g.channel == "color" || g.channel == "fill" || g.channel == "stroke"
	switch s := g.scale; {
	case color && s.steps():
		return "discrete"
	case color && !s.discrete() && !c.unitLegend(g.members[0].ch):
		return "gradient"
	}
	return "symbol"
}

// unitLegend reports whether dates on a colour scale are told by symbols.
func (c guider) unitLegend(ch *channel) bool {
	if ch.unit == nil {
		return false
	}
	switch ch.unit.name() {
	case "month", "quarter", "day":
		return true
	}
	return false
}

func legendNode(ch *channel) (n node, off bool) {
	for _, from := range []node{ch.n, ch.own} {
		if from.has("legend") {
			v := from.get("legend")
			return from.child("legend"), v == nil || v == false
		}
	}
	return node{}, false
}

func (c guider) legendTitle(groups []*scaleGroup, setting func(string) any) string {
	if v := setting("title"); v != js.Undefined {
		return lines(v)
	}
	var titles, explicit []string
	for _, g := range groups {
		for _, m := range g.members {
			if !m.ch.isField() {
				continue
			}
			t, given := c.titleOf(m.ch, node{})
			if t != "" && !slices.Contains(titles, t) {
				titles = append(titles, t)
			}
			if given && !slices.Contains(explicit, t) {
				explicit = append(explicit, t)
			}
		}
	}
	if explicit != nil { // they drop the defaults
		titles = slices.DeleteFunc(explicit, func(t string) bool { return t == "" })
	}
	return strings.Join(titles, ", ")
}

func (c guider) legendEntries(l *Legend, g *scaleGroup, ch *channel, setting func(string) any) {
	s := g.scale
	text, _ := setting("format").(string)
	checkFormat(ch, setting, "legend")
	count, given := setting("tickCount").(float64)
	if given && count < 1 {
		refuse(ch.n.at("legend.tickCount"), "must be 1 or more")
	}
	if v := setting("tickCount"); !given && v != nil && v != js.Undefined {
		refuse(ch.n.at("legend.tickCount"), "must be a number")
	}
	if !given {
		count = 5
		if l.Type == "gradient" {
			count = max(2, 2*math.Floor(gradientLength(g.members[0].u.in, setting)/100))
		}
	}
	if list, ok := setting("values").([]any); ok {
		for _, v := range list {
			v = c.literal(v, ch.unit0())
			if s.timed() {
				v = js.ToDate(v, c.zone)
			}
			l.Values = append(l.Values, v)
		}
	} else {
		l.Values = c.legendValues(s, l.Type, count)
	}
	most := maxSymbols
	if f, ok := setting("symbolLimit").(float64); ok {
		if most = int(f); most < 1 {
			refuse(ch.n.at("legend.symbolLimit"), "must be 1 or more")
		}
	}
	if f, ok := setting("columns").(float64); ok && l.Type == "symbol" && !liesDown(setting) {
		l.columns = int(f)
	}
	format := c.legendFormat(s, text, ch, count)
	switch {
	case text != "" && (s.steps() || ch.binned):
		refuse(ch.n.at("legend.format"), "is not supported for steps")
	case ch.binned && l.Type == "symbol" && !s.discrete():
		edges := ch.bins.edges()
		l.Values, l.Labels = nil, nil
		for i, e := range edges[:len(edges)-1] {
			l.Values = append(l.Values, e)
			l.Labels = append(l.Labels, plainNumber(e)+" – "+plainNumber(edges[i+1]))
		}
	case s.steps():
		c.stepLabels(l, s, ch, text)
	case s.discrete() && len(l.Values) > most:
		more := len(l.Values) - most + 1
		l.Values = l.Values[:most-1]
		for _, v := range l.Values {
			l.Labels = append(l.Labels, c.legendLabel(s, ch, v, format, text))
		}
		l.Labels = append(l.Labels, fmt.Sprintf("…%d entries", more))
	default:
		for _, v := range l.Values {
			l.Labels = append(l.Labels, c.legendLabel(s, ch, v, format, text))
		}
	}
	if x, ok := setting("labelExpr").(string); ok {
		values, labels := make([]any, len(l.Labels)), make([]any, len(l.Labels))
		for i := range labels {
			labels[i] = l.Labels[i]
			if i < len(l.Values) {
				values[i] = l.Values[i]
			}
		}
		places := make([]any, len(labels))
		for i := range places {
			places[i] = float64(i)
		}
		t := newTable(len(labels)).with("value", values).with("label", labels).with("index", places)
		eval := c.eval(c.expression(x, ch.n.at("legend.labelExpr")), t)
		for i := range l.Labels {
			l.Labels[i] = lines(eval(i))
		}
	}
}

// gradientLength is as much as the plot is high, or wide if the gradient lies,
// from 100 to 200 px.
func gradientLength(in *instance, setting func(string) any) float64 {
	if f, ok := setting("gradientLength").(float64); ok {
		return f
	}
	side := in.height
	if liesDown(setting) {
		orient := setting("orient")
		if side = in.width; orient != "top" && orient != "bottom" {
			return 100
		}
	}
	return max(100, min(200, side))
}

// liesDown reports whether the entries of a legend stand beside each other.
func liesDown(setting func(string) any) bool {
	orient := setting("orient")
	lies := orient == "top" || orient == "bottom"
	d := setting("direction")
	return d == "horizontal" || lies && d != "vertical"
}

func (c guider) legendLabel(s *Scale, ch *channel, v any, format d3.Format, text string) string {
	if s.timed() {
		return c.dateText(ch, js.Number(v), text)
	}
	return c.label(s, ch, v, format, text)
}

// legendValues are the values that a legend shows.
func (c guider) legendValues(s *Scale, kind string, count float64) []any {
	ends := func(values []any) bool { return kind == "gradient" && len(values) < 3 && s.low() != s.high() }
	switch {
	case s.discrete():
		return s.Domain
	case s.steps():
		return s.Domain
	case len(s.Domain) == 0:
		return nil
	case s.timed():
		values := dates(d3.TimeTicks(s.low(), s.high(), count, s.zone))
		if ends(values) {
			return dates([]float64{s.low(), s.high()})
		}
		return values
	case s.Type == "log":
		values := boxed(s.logTicks(count))
		if ends(values) {
			return []any{s.low(), s.high()}
		}
		return values
	}
	values := boxed(d3.Ticks(s.low(), s.high(), count))
	if ends(values) {
		return []any{s.low(), s.high()}
	}
	return values
}

func (c guider) legendFormat(s *Scale, text string, ch *channel, count float64) d3.Format {
	if s.discrete() || s.timed() || s.steps() {
		return nil
	}
	return c.tickFormat(s, count, text, ch)
}

// stepLabels are the labels of a scale in steps: of colours the thresholds,
// of others the ranges.
func (c guider) stepLabels(l *Legend, s *Scale, ch *channel, text string) {
	cuts := s.Thresholds
	switch s.Type {
	case "threshold":
		cuts = floats(s.Domain)
	case "bin-ordinal":
		cuts = floats(s.Domain)
	}
	if len(cuts) == 0 {
		l.Values = nil
		return
	}
	write := c.stepFormat(s, cuts, text, ch)
	if s.Type == "bin-ordinal" {
		if l.Type == "discrete" {
			l.Values = nil
			for i, e := range cuts[:len(cuts)-1] {
				l.Values = append(l.Values, e)
				if i == 0 {
					l.Labels = append(l.Labels, "")
					continue
				}
				l.Labels = append(l.Labels, write(e))
			}
			return
		}
		for i := range cuts[:len(cuts)-1] {
			l.Labels = append(l.Labels, write(cuts[i])+" – "+write(cuts[i+1]))
		}
		return
	}
	l.Values = nil
	low := 0.0
	if len(s.Domain) > 0 {
		low = s.low()
	}
	if s.Type == "threshold" {
		low = -1e300
	}
	l.Values = append(l.Values, low)
	for _, t := range cuts {
		l.Values = append(l.Values, t)
	}
	if l.Type == "discrete" {
		l.Labels = append(l.Labels, "")
		for _, t := range cuts {
			l.Labels = append(l.Labels, write(t))
		}
		return
	}
	for i := range len(cuts) + 1 {
		switch i {
		case 0:
			l.Labels = append(l.Labels, "< "+write(cuts[0]))
		case len(cuts):
			l.Labels = append(l.Labels, "≥ "+write(cuts[i-1]))
		default:
			l.Labels = append(l.Labels, write(cuts[i-1])+" – "+write(cuts[i]))
		}
	}
}

// stepFormat writes thresholds with the decimals that tell them apart.
func (c guider) stepFormat(s *Scale, cuts []float64, text string, ch *channel) d3.Format {
	if text == "" {
		text = c.numberFormat()
	}
	if text == "" {
		text = ",f"
	}
	spec, err := d3.ParseSpec(text)
	if err != nil {
		refuse(ch.n.at("legend.format"), "%v", err)
	}
	if len(cuts) == 0 {
		return spec.Format()
	}
	if s.Type == "bin-ordinal" {
		return d3.TickFormat(cuts[0], cuts[len(cuts)-1], float64(len(cuts)), spec)
	}
	// Ten times as fine as tells the two nearest thresholds apart.
	step := cuts[0]
	for i := range cuts[:len(cuts)-1] {
		if d := cuts[i+1] - cuts[i]; i == 0 || d < step {
			step = d
		}
	}
	return d3.TickFormat(0, step, 10, spec)
}
