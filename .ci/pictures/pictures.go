package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/authtabs/tabgate/tui/cell"
)

// picture is one file.
type picture struct {
	name    string
	content []byte
}

// Whom the sign-in box offers, by digit.
const underwriter, analyst, both = "1", "2", "3"

// still is a picture that does not move: who looks at which tab, and words
// that it must have.
type still struct{ name, who, tab, shows string }

var stills = []still{
	{"map.svg", analyst, "3", "Map Layers"},
	{"walk.svg", underwriter, "2", "100% Complete"},
	{"table.svg", analyst, "4", "Gross Agricultural Product"},
	{"locked.svg", analyst, "2", "You do not have access."},
}

func (s still) draw(ctx context.Context) (picture, error) {
	t, err := play(ctx, 120, 36, press("l", s.who), arrive, pass(time.Minute), press(s.tab), pass(time.Minute), see(s.shows))
	if err != nil {
		return picture{}, fmt.Errorf("%s: %w", s.name, err)
	}
	return picture{s.name, []byte(cell.SVG(t.frame(), cell.SVGOptions{}))}, nil
}

const (
	tick   = 100 * time.Millisecond
	moment = 200 * time.Millisecond
	glance = 1200 * time.Millisecond
	look   = 2 * time.Second
)

// tour is the moving picture: somebody signs in, and the tabs that were locked
// are open.
func tour(ctx context.Context) (picture, error) {
	t, err := play(ctx, 100, 30,
		see("Nobody is signed in"), hold(look),
		press("2"), see("Please login!"), hold(glance),
		press("l"), see("Sign in as:"), hold(look), press(both), arrive, film(5, moment), press(">"), film(22, tick), see("100% Complete"), hold(glance),
		press("3"), see("Map Layers"), hold(glance), film(12, moment, ">"), hold(glance),
		press("4"), see("Gross Agricultural Product"), hold(glance), film(4, moment, "right"), hold(glance),
	)
	if err != nil {
		return picture{}, fmt.Errorf("tour.svg: %w", err)
	}
	poster := slices.IndexFunc(t.film, func(f cell.Frame) bool { return contains(f.Grid, "Map Layers") })
	return picture{"tour.svg", []byte(cell.AnimatedSVG(t.film, poster, cell.SVGOptions{
		Title: "tabgate: a tab is locked, somebody signs in, and it opens",
	}))}, nil
}
