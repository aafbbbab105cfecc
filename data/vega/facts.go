package vega

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/vega/js"
)

// maxListed is how many items, paths and points of a path Facts lists.
const maxListed = 60

// Facts returns the scene in the form in which it can be compared with what
// Vega computes: scales, axes, legends and marks as JSON. Lists of more than
// 60 entries are thinned out evenly.
func (s *Scene) Facts(name string) ([]byte, error) {
	cells := make([]any, len(s.Cells))
	for i, c := range s.Cells {
		cells[i] = c.facts()
	}
	legends := make([]any, len(s.Legends))
	for i, l := range s.Legends {
		legends[i] = map[string]any{
			"type": l.Type, "channels": l.Channels, "title": orNull(l.Title), "values": factValues(byColumn(l, l.Values)),
			"labels": list(byColumn(l, l.Labels)), "colors": list(byColumn(l, l.Colors)),
		}
	}
	out := map[string]any{"spec": name, "title": orNull(s.Title), "cells": cells, "legends": legends}
	if s.Subtitle != "" {
		out["subtitle"] = s.Subtitle
	}
	return json.Marshal(out)
}

// byColumn puts the entries of a legend in the order in which its rows have them:
// they stand in columns, one below the other.
func byColumn[T any](l *Legend, entries []T) []T {
	if l.columns < 2 || len(entries) == 0 {
		return entries
	}
	rows := (len(entries) + l.columns - 1) / l.columns
	out := make([]T, 0, len(entries))
	for r := range rows {
		for i := r; i < len(entries); i += rows {
			out = append(out, entries[i])
		}
	}
	return out
}

func list(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// round3 rounds a number to 3 decimals; null if it is none.
func round3(f float64) any {
	if f != f || math.IsInf(f, 0) {
		return nil
	}
	return math.Round(f*1000)/1000 + 0
}

func factValues(values []any) []any {
	out := make([]any, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case float64:
			if f := v; f == f && !math.IsInf(f, 0) {
				rounded, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 12, 64), 64)
				out[i] = rounded
			}
		case js.Date:
			out[i] = isoText(float64(v))
		default:
			if v != js.Undefined {
				out[i] = v
			}
		}
	}
	return out
}

func isoText(ms float64) any {
	if ms != ms {
		return nil
	}
	return js.Time(math.Round(ms), time.UTC).Format("2006-01-02T15:04:05.000Z")
}

func (c *Cell) facts() map[string]any {
	out := map[string]any{"view": c.View}
	if c.Facet != nil {
		facet := map[string]any{}
		for _, h := range c.Facet {
			facet[h.Channel] = []any{orNull(h.Title), h.Label}
		}
		out["facet"] = facet
	}
	out["width"], out["height"] = round3(c.Width), round3(c.Height)
	if c.Empty {
		out["empty"] = true
		return out
	}
	out["title"] = orNull(c.Title)
	if c.Subtitle != "" {
		out["subtitle"] = c.Subtitle
	}
	scales, axes, marks := []any{}, []any{}, []any{}
	for _, s := range c.Scales {
		scales = append(scales, s.facts())
	}
	for _, a := range c.Axes {
		axes = append(axes, a.facts())
	}
	for _, m := range c.Marks {
		marks = append(marks, m.facts())
	}
	out["scales"], out["axes"], out["marks"] = scales, axes, marks
	return out
}

func (s *Scale) facts() map[string]any {
	domain := s.Domain
	if s.timed() {
		domain = make([]any, len(s.Domain))
		for i, v := range s.Domain {
			domain[i] = js.Date(js.Number(v))
		}
	}
	out := map[string]any{"channel": s.Channel, "type": s.Type, "domain": factValues(domain)}
	if s.Type == "quantile" || s.Type == "quantize" {
		out["thresholds"] = s.Thresholds
	}
	return out
}

func (a *Axis) facts() map[string]any {
	out := map[string]any{
		"channel": a.Channel, "orient": a.Orient, "title": orNull(a.Title), "ticks": factValues(a.Ticks),
		"labels": list(a.Labels), "grid": a.Grid,
	}
	if a.LabelAngle != 0 {
		out["labelAngle"] = a.LabelAngle
	}
	return out
}

// thinned returns at most maxListed places of a list of n, evenly.
func thinned(n int) []int {
	if n <= maxListed {
		out := make([]int, n)
		for i := range out {
			out[i] = i
		}
		return out
	}
	out := make([]int, maxListed)
	for i := range out {
		out[i] = i * (n - 1) / (maxListed - 1)
	}
	return out
}

// total sums numbers and colours up.
type total struct {
	sums   map[string]float64
	colors map[string]*[4]float64
}

func newTotal() *total {
	return &total{map[string]float64{}, map[string]*[4]float64{"fill": {}, "stroke": {}}}
}

func (t *total) add(name string, f float64) {
	if f == f && !math.IsInf(f, 0) {
		t.sums[name] += f
	} else {
		t.sums[name] += 0
	}
}

func (t *total) paint(s Style) {
	for part, text := range map[string]string{"fill": s.Fill, "stroke": s.Stroke} {
		if c, ok := parseColor(text); ok && text != "" {
			sum := t.colors[part]
			sum[0]++
			sum[1] += c.r
			sum[2] += c.g
			sum[3] += c.b
		}
	}
}

func (t *total) facts() map[string]any {
	out := map[string]any{}
	for k, f := range t.sums {
		out[k] = round3(f)
	}
	for k, c := range t.colors {
		out[k] = c[:]
	}
	return out
}

func (m *Mark) facts() map[string]any {
	if m.Paths != nil || m.Type == "line" || m.Type == "area" || m.Type == "trail" {
		return m.pathFacts()
	}
	sum := newTotal()
	type entry struct {
		geometry []float64
		rest     []string
		fact     map[string]any
	}
	all := make([]entry, len(m.Items))
	names, _ := (&Item{}).geometry(m.Type)
	for _, name := range names {
		sum.add(name, 0)
	}
	for i, it := range m.Items {
		names, values := it.geometry(m.Type)
		fact := map[string]any{}
		e := entry{fact: fact}
		for k, name := range names {
			sum.add(name, values[k])
			fact[name] = round3(values[k])
			e.geometry = append(e.geometry, math.Round(values[k]*1e6)/1e6)
		}
		sum.paint(it.Style)
		fact["fill"], fact["stroke"] = orNull(it.Style.Fill), orNull(it.Style.Stroke)
		if m.Type == "text" {
			fact["text"] = it.Text
		}
		it.styleFacts(m.Type, fact)
		e.rest = []string{it.Text, it.Style.Fill, it.Style.Stroke, it.Shape}
		all[i] = e
	}
	sort.SliceStable(all, func(i, j int) bool {
		for k := range all[i].geometry {
			a, b := all[i].geometry[k], all[j].geometry[k]
			switch {
			case a != a && b == b:
				return true
			case b != b:
				if a == a {
					return false
				}
			case a != b:
				return a < b
			}
		}
		return slices.Compare(all[i].rest, all[j].rest) < 0
	})
	items := []any{}
	for _, i := range thinned(len(all)) {
		items = append(items, all[i].fact)
	}
	return map[string]any{"type": m.Type, "n": len(m.Items), "items": items, "sum": sum.facts()}
}

func (it *Item) styleFacts(kind string, fact map[string]any) {
	it.Style.facts(fact)
	if it.Shape != "" && it.Shape != "circle" {
		fact["shape"] = it.Shape
	}
	if it.Angle != 0 {
		fact["angle"] = round3(it.Angle)
	}
	if kind == "text" {
		it.textFacts(fact)
	}
}

// textFacts adds how a text stands at its place.
func (it *Item) textFacts(fact map[string]any) {
	if it.FontPx != 11 {
		fact["fontSize"] = round3(it.FontPx)
	}
	for name, v := range map[string]string{"align": it.Align, "baseline": it.Baseline} {
		if v == "" {
			v = map[string]string{"align": "center", "baseline": "middle"}[name]
		}
		fact[name] = v
	}
	for name, v := range map[string]float64{"dx": it.Dx, "dy": it.Dy} {
		if v != 0 {
			fact[name] = round3(v)
		}
	}
}

// facts adds how something is painted, where it is not as usual.
func (s Style) facts(fact map[string]any) {
	for name, v := range map[string]float64{"opacity": s.Opacity, "fillOpacity": s.FillOpacity, "strokeOpacity": s.StrokeOpacity} {
		if v != 1 {
			fact[name] = round3(v)
		}
	}
	if s.Dash != nil && s.Stroke != "" && !slices.Equal(s.Dash, []float64{1, 0}) {
		fact["strokeDash"] = s.Dash
	}
	if s.StrokeWidth != 1 && s.Stroke != "" {
		fact["strokeWidth"] = round3(s.StrokeWidth)
	}
}

// geometry is what places an item, by the mark's type.
func (it *Item) geometry(kind string) (names []string, values []float64) {
	switch kind {
	case "rect":
		return []string{"x", "y", "w", "h"}, []float64{it.X, it.Y, it.X2 - it.X, it.Y2 - it.Y}
	case "symbol":
		return []string{"x", "y", "size"}, []float64{it.X, it.Y, it.Size}
	case "rule":
		x, y, x2, y2 := it.X, it.Y, it.X2, it.Y2
		if x2 < x || x2 == x && y2 < y {
			x, y, x2, y2 = x2, y2, x, y
		}
		return []string{"x", "y", "x2", "y2"}, []float64{x, y, x2, y2}
	case "arc":
		return []string{"x", "y", "startAngle", "endAngle", "innerRadius", "outerRadius"},
			[]float64{it.X, it.Y, it.StartAngle, it.EndAngle, it.Inner, it.Outer}
	}
	return []string{"x", "y"}, []float64{it.X, it.Y}
}

// drawn are the points of a path with one null for each gap.
func (p *Path) drawn(kind string) (points []*Point, n int) {
	gap := false
	for i := range p.Points {
		pt := p.Points[i]
		bad := pt.X != pt.X || pt.Y != pt.Y
		if kind == "area" {
			bad = bad || pt.X2 != pt.X2 || pt.Y2 != pt.Y2
		}
		if bad {
			gap = n > 0
			continue
		}
		if gap {
			points = append(points, nil)
			gap = false
		}
		points = append(points, &pt)
		n++
	}
	return points, n
}

func (pt *Point) numbers(kind string) []float64 {
	switch kind {
	case "area":
		x, y, x2, y2 := pt.X, pt.Y, pt.X2, pt.Y2
		if x2 < x || x2 == x && y2 < y {
			x, y, x2, y2 = x2, y2, x, y
		}
		return []float64{x, y, x2, y2}
	case "trail":
		return []float64{pt.X, pt.Y, pt.Size}
	}
	return []float64{pt.X, pt.Y}
}

func (m *Mark) pathFacts() map[string]any {
	names := map[string][]string{"line": {"x", "y"}, "area": {"x", "y", "x2", "y2"}, "trail": {"x", "y", "size"}}[m.Type]
	sum := newTotal()
	type entry struct {
		order string
		fact  map[string]any
	}
	var all []entry
	for _, name := range names {
		sum.add(name, 0)
	}
	count := 0
	for _, p := range m.Paths {
		points, n := p.drawn(m.Type)
		if n == 0 {
			continue
		}
		count += n
		sum.paint(p.Style)
		var listed []any
		for _, pt := range points {
			if pt != nil {
				for k, f := range pt.numbers(m.Type) {
					sum.add(names[k], f)
				}
			}
		}
		for _, i := range thinned(len(points)) {
			if points[i] == nil {
				listed = append(listed, nil)
				continue
			}
			var numbers []any
			for _, f := range points[i].numbers(m.Type) {
				numbers = append(numbers, round3(f))
			}
			listed = append(listed, numbers)
		}
		fact := map[string]any{"fill": orNull(p.Style.Fill), "stroke": orNull(p.Style.Stroke), "n": n, "points": listed}
		if p.Interpolate != "" && p.Interpolate != "linear" {
			fact["interpolate"] = p.Interpolate
		}
		p.Style.facts(fact)
		all = append(all, entry{p.order(n, points), fact})
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].order < all[j].order })
	paths := []any{}
	for _, i := range thinned(len(all)) {
		paths = append(paths, all[i].fact)
	}
	return map[string]any{"type": m.Type, "n": count, "pathCount": len(all), "paths": paths, "sum": sum.facts()}
}

// order is a text by which paths are sorted: stroke, fill, n, first and last
// point.
func (p *Path) order(n int, points []*Point) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s|%s|%09d", p.Style.Stroke, p.Style.Fill, n)
	for _, pt := range []*Point{points[0], points[len(points)-1]} {
		for _, f := range pt.numbers("area") {
			fmt.Fprintf(&b, "|%020.6f", f+1e9)
		}
	}
	return b.String()
}
