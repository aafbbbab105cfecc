package suggest

import "context"

// places is a map.
func (c *chooser) places(context.Context) (all []idea, err error) {
	lat, lon := -1, -1
	for i, r := range c.roles {
		if r == Latitude && lat < 0 {
			lat = i
		}
		if r == Longitude && lon < 0 {
			lon = i
		}
	}
	if lat < 0 || lon < 0 {
		return nil, nil
	}
	color := c.firstCategory(10)
	d := idea{columns: []int{lat, lon}, make: func(context.Context) (Suggestion, error) { return c.mapOf(lat, lon, color) }}
	if color >= 0 {
		d.columns = append(d.columns, color)
	}
	return []idea{d}, nil
}

// firstCategory is the first category of at most so many values, -1 if there is
// none.
func (c *columns) firstCategory(most int) int {
	for _, i := range c.categories {
		if c.facts[i].Distinct <= most {
			return i
		}
	}
	return -1
}

// yearColumns are lines over columns that are named by years.
func (c *chooser) yearColumns(context.Context) ([]idea, error) {
	if c.yearly == nil {
		return nil, nil
	}
	return []idea{{columns: c.yearly, make: c.linesOfRows}}, nil
}

// overTime are lines and bars over dates.
func (c *chooser) overTime(ctx context.Context) ([]idea, error) { return c.over(ctx, c.times) }

// overYears are the same over years.
func (c *chooser) overYears(ctx context.Context) ([]idea, error) { return c.over(ctx, c.years) }

func (c *chooser) over(ctx context.Context, axes []int) (all []idea, err error) {
	for _, t := range axes {
		if c.facts[t].different() {
			all = append(all, c.lines(t)...)
			continue
		}
		split, err := c.linesByCategory(ctx, t)
		if err != nil {
			return nil, err
		}
		all = append(all, split...)
		all = append(all, c.repeated(t, len(split) > 0)...)
	}
	return all, nil
}

// lines are measures over a time that comes once.
func (c *chooser) lines(t int) (all []idea) {
	left := c.measures
	for len(left) > 0 {
		group := c.alike(left)
		all = append(all, idea{columns: append([]int{t}, group...), make: func(context.Context) (Suggestion, error) {
			return c.line(t, group)
		}})
		left = without(left, group)
	}
	return all
}

// linesByCategory are measures over a time that comes once for each value of a
// category.
func (c *chooser) linesByCategory(ctx context.Context, t int) (all []idea, err error) {
	if len(c.measures) == 0 {
		return nil, nil
	}
	for _, g := range c.categories {
		once, err := c.pairsOnce(ctx, t, g)
		if err != nil {
			return nil, err
		}
		if !once {
			continue
		}
		for _, m := range c.measures {
			all = append(all, idea{columns: []int{t, g, m}, make: func(ctx context.Context) (Suggestion, error) {
				return c.lineBy(ctx, t, g, m)
			}})
		}
		return all, nil
	}
	return nil, nil
}

// repeated are sums or rows over a time that comes many times.
func (c *chooser) repeated(t int, split bool) (all []idea) {
	for _, m := range c.measures {
		if c.facts[m].Summed() && !c.facts[m].Weak() {
			all = append(all, idea{columns: []int{t, m}, weak: split, make: func(ctx context.Context) (Suggestion, error) {
				return c.figureOver(ctx, t, m, "sum")
			}})
		}
	}
	return append(all, idea{columns: []int{t}, weak: split, make: func(ctx context.Context) (Suggestion, error) {
		return c.figureOver(ctx, t, -1, "rows")
	}})
}

// byCategory are bars of a measure.
func (c *chooser) byCategory(context.Context) (all []idea, err error) {
	for _, g := range c.categories {
		for _, m := range c.measures {
			all = append(all, idea{columns: []int{g, m}, weak: c.facts[m].Weak() || c.mayBeGroup(m), make: func(context.Context) (Suggestion, error) {
				return c.bars(g, m, c.figure(m))
			}})
		}
	}
	return all, nil
}

// twoMeasures are points.
func (c *chooser) twoMeasures(context.Context) (all []idea, err error) {
	for a, x := range c.measures {
		for _, y := range c.measures[a+1:] {
			weak := c.facts[x].Weak() || c.facts[y].Weak() || c.mayBeGroup(x) || c.mayBeGroup(y)
			d := idea{columns: []int{x, y}, weak: weak}
			color := -1
			if c.f.Len() <= 10_000 {
				color = c.firstCategory(7)
			}
			if color >= 0 {
				d.columns = append(d.columns, color)
			}
			d.make = func(context.Context) (Suggestion, error) { return c.points(x, y, color) }
			all = append(all, d)
		}
	}
	return all, nil
}

// twoCategories are heat maps of rows.
func (c *chooser) twoCategories(context.Context) (all []idea, err error) {
	for a, x := range c.categories {
		for _, y := range c.categories[a+1:] {
			// Where each value comes once there is nothing to count.
			if c.facts[x].Distinct > 20 || c.facts[y].Distinct > 20 || c.facts[x].different() || c.facts[y].different() {
				continue
			}
			all = append(all, idea{columns: []int{x, y}, make: func(context.Context) (Suggestion, error) {
				return c.heat(x, y)
			}})
		}
	}
	return all, nil
}

// alone are histograms of measures, and bars of rows by a category.
func (c *chooser) alone(context.Context) (all []idea, err error) {
	for _, m := range c.measures {
		all = append(all, idea{columns: []int{m}, weak: c.facts[m].Weak() && len(c.measures)+len(c.categories) > 1, make: func(context.Context) (Suggestion, error) {
			return c.histogram(m)
		}})
	}
	if len(all) > 2 && len(c.categories) > 0 {
		all = all[:2]
	}
	for _, g := range c.categories {
		if !c.facts[g].different() {
			all = append(all, idea{columns: []int{g}, make: func(context.Context) (Suggestion, error) { return c.bars(g, -1, "rows") }})
		}
	}
	return all, nil
}

// figure says how rows of a measure are put together.
func (c *columns) figure(m int) string {
	if c.facts[m].Summed() {
		return "sum"
	}
	return "mean"
}

func without(list, gone []int) (left []int) {
	for _, i := range list {
		keep := true
		for _, g := range gone {
			keep = keep && i != g
		}
		if keep {
			left = append(left, i)
		}
	}
	return left
}
