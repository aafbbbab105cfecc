package vega

import (
	"github.com/authtabs/tabgate/data/vega/js"
)

// draw makes the scene of a tree of views.
func (c *context) draw(root *instance) *Scene {
	for _, u := range root.leaves() {
		u.prepare()
	}
	prune(root)
	scales := &scaler{context: c}
	scales.all(root)
	guides := guider{c, scales.groups}
	scene := &Scene{}
	scene.Title, scene.Subtitle = c.viewTitle(root.n)
	numbers := map[*js.Object]int{}
	for _, p := range plots(root) {
		view, ok := numbers[p.n.o]
		if !ok {
			view = len(numbers)
			numbers[p.n.o] = view
		}
		scene.Cells = append(scene.Cells, c.cell(p, view, guides))
	}
	c.groupTitles(root, scene.Cells)
	place := 0
	scene.Layout = layout(root, &place)
	scene.Legends = guides.legends()
	return scene
}

// layout returns how the plots of a view stand, counting them.
func layout(in *instance, place *int) *Box {
	if in.kind == "unit" || in.kind == "layer" {
		*place++
		return &Box{Cell: *place - 1}
	}
	b := &Box{Cell: -1, Columns: in.columns}
	for _, child := range in.children {
		b.Boxes = append(b.Boxes, layout(child, place))
	}
	if b.Columns <= 0 || in.kind == "facet" && len(b.Boxes) > 0 && in.children[0].headers != nil {
		if n := in.facetColumns(); n > 0 {
			b.Columns = n
		}
	}
	switch {
	case in.n.has("vconcat"):
		b.Columns = 1
	case b.Columns <= 0, in.n.has("hconcat"):
		b.Columns = len(b.Boxes)
	}
	b.Columns = max(1, b.Columns)
	return b
}

// facetColumns is how many columns the cells of a facet by row or column
// have; 0 for those that are wrapped.
func (in *instance) facetColumns() int {
	rows, columns := map[string]bool{}, map[string]bool{}
	for _, child := range in.children {
		for _, h := range child.headers {
			switch h.Channel {
			case "row":
				rows[h.Label] = true
			case "column":
				columns[h.Label] = true
			}
		}
	}
	switch {
	case len(columns) > 0:
		return len(columns)
	case len(rows) > 0:
		return 1
	}
	return 0
}

// prune takes away the cells of a facet that have no rows once invalid ones are
// left out. Of rows and columns a crossing without rows stays, as an empty one.
func prune(in *instance) {
	for _, child := range in.children {
		prune(child)
	}
	if in.kind != "facet" {
		return
	}
	rows := func(cell *instance) (n int) {
		for _, u := range cell.leaves() {
			if u.main != nil {
				n += u.main.n
			}
		}
		return n
	}
	used := map[string]bool{}
	for _, cell := range in.children {
		if rows(cell) > 0 {
			for _, h := range cell.headers {
				used[h.Channel+"\x00"+h.Label] = true
			}
		}
	}
	var kept []*instance
	for _, cell := range in.children {
		keep := true
		for _, h := range cell.headers {
			keep = keep && used[h.Channel+"\x00"+h.Label]
		}
		if keep {
			cell.empty = rows(cell) == 0 && len(cell.headers) > 1
			kept = append(kept, cell)
		}
	}
	if len(kept) > 0 {
		in.children = kept
	}
}

// plots returns the instances that have one rectangle, in order.
func plots(in *instance) (all []*instance) {
	if in.kind == "unit" || in.kind == "layer" {
		return []*instance{in}
	}
	for _, child := range in.children {
		all = append(all, plots(child)...)
	}
	return all
}

// viewTitle is the title of a view and its subtitle.
func (c *context) viewTitle(n node) (title, subtitle string) {
	switch v := n.get("title").(type) {
	case *js.Object:
		t := n.child("title")
		return lines(c.resolved(t.get("text"))), lines(t.get("subtitle"))
	case nil:
		return "", ""
	default:
		if v == js.Undefined {
			return "", ""
		}
		return lines(v), ""
	}
}

// groupTitles gives the first cell of a facet or a concatenation inside another
// view the title of that.
func (c *context) groupTitles(root *instance, cells []*Cell) {
	place := 0
	var walk func(in *instance)
	walk = func(in *instance) {
		if in.kind == "unit" || in.kind == "layer" {
			place++
			return
		}
		if in != root && place < len(cells) {
			if title, _ := c.viewTitle(in.n); title != "" {
				cells[place].Group = title
			}
		}
		for _, child := range in.children {
			walk(child)
		}
	}
	walk(root)
}

func (c *context) cell(p *instance, view int, guides guider) *Cell {
	cell := &Cell{View: view, Width: p.width, Height: p.height, Facet: p.allHeaders()}
	if p.empty {
		cell.Empty = true
		return cell
	}
	cell.Title, cell.Subtitle = c.viewTitle(p.n)
	for _, u := range p.leaves() {
		c.alive()
		m := drawing{placing{stylist{u}}}.draw()
		if u.wasArea {
			opaque(m)
		}
		m.Clip, m.Reading = u.prop("clip") == true, readingOf(u)
		cell.Marks = append(cell.Marks, m)
	}
	cell.Axes = guides.axes(p)
	cell.Scales = scalesOf(p)
	return cell
}

// allHeaders are the headers of the facets that a plot stands in.
func (in *instance) allHeaders() (all []Header) {
	for p := in; p != nil; p = p.parent {
		all = append(p.headers, all...)
	}
	return all
}

// scalesOf returns the scales of a plot in the order of channels.
func scalesOf(p *instance) (all []*Scale) {
	seen := map[*Scale]bool{}
	for _, name := range scaleChannels {
		for _, u := range p.leaves() {
			// Sizes of bins are computed from a scale that no mark names.
			if name == "color" && overpainted(u) {
				continue
			}
			if ch := u.channels[name]; ch != nil && ch.scale != nil && !seen[ch.scale] && !(ch.binned && !ch.scale.discrete() && name != "x" && name != "y" && ch.scale.Type == "linear") && !midUnit(u, ch) {
				seen[ch.scale] = true
				all = append(all, ch.scale)
			}
		}
	}
	return all
}
