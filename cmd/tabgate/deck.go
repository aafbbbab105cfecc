package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/muesli/termenv"
	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/data/tiles/tileset"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
)

// deckCommand draws one map in deck.gl's JSON.
type deckCommand struct {
	*wiring
	file, base, size, format, tiles string
	width, height                   int
}

func deckCmd(c *wiring) *cobra.Command {
	p := deckCommand{wiring: c}
	cmd := &cobra.Command{
		Use: "deck FILE", Short: "Draw a deck.gl map",
		Long: "Draws a map in deck.gl's JSON, as pydeck's deck.to_json(\"map.json\") writes it, a page that\npydeck's to_html wrote, or st.map's short form; or prints what it is made of. Data files are\nread below --base and nowhere else. A layer that is not supported is named on stderr, and\nthe others are drawn.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("deck takes one file")
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&p.base, "base", "", "`DIR` that data addresses are relative to (default: the map's)")
	f.StringVar(&p.size, "size", "100x30", "`COLSxROWS` of the picture")
	f.StringVar(&p.format, "format", "text", "`FORMAT`: text, ansi, svg or facts")
	f.StringVar(&p.tiles, "tiles", "", "`GROUND` below the map: a .pmtiles file, an address with {z}/{x}/{y}, or a TileJSON's\n(https://tiles.openfreemap.org/planet needs no key); default: the coast alone, and nobody is asked")
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		p.file = args[0]
		if p.width, p.height, err = parseSize(p.size); err != nil {
			return err
		}
		if !strings.Contains(" text ansi svg facts ", " "+p.format+" ") {
			return usage("--format is text, ansi, svg or facts, not %q", p.format)
		}
		return p.run(cmd.Context())
	}
	return cmd
}

func (p deckCommand) run(ctx context.Context) error {
	base := p.base
	if base == "" {
		base = filepath.Dir(p.file)
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		return err
	}
	defer root.Close()
	text, err := whole(p.file, os.Stat, os.Open)
	if errors.Is(err, os.ErrNotExist) {
		return err // which names the file
	}
	if err != nil {
		return coded{exitConfig, fmt.Errorf("%s: %w", p.file, err)}
	}
	scene, err := deck.Parse(text, deck.Options{Load: func(address string) ([]byte, error) { return below(root, address) }})
	if err != nil {
		return coded{exitConfig, fmt.Errorf("%s: %w", p.file, err)}
	}
	p.tell(scene)
	return p.print(ctx, scene)
}

// tell prints what is not drawn, or otherwise than the file says.
func (p deckCommand) tell(scene *deck.Scene) {
	say := func(text string) { fmt.Fprintln(p.err, session.Clean(filepath.Base(p.file)+": "+text, maxNote)) }
	for _, l := range scene.Layers {
		if l.Refused != "" {
			say("layer " + l.ID + " is not drawn: " + l.Refused)
		}
		for _, note := range l.Notes {
			say("layer " + l.ID + ": " + note)
		}
	}
	for _, note := range scene.Notes {
		say(note)
	}
	if told := scene.Told(); told != "" {
		say(told)
	}
}

// print writes the map as was asked.
func (p deckCommand) print(ctx context.Context, scene *deck.Scene) error {
	if p.format == "facts" {
		facts, err := scene.Facts()
		if err != nil {
			return err
		}
		_, err = escaped(p.out).Write(append(facts, '\n'))
		return err
	}
	cfg, err := p.load()
	if err != nil {
		return err
	}
	colour := termenv.TrueColor
	if p.format == "text" {
		colour = termenv.Ascii
	}
	t := p.stillEnv(ctx, cfg, colour).Theme
	made, err := mapview.NewScene(scene)
	if err != nil {
		return err
	}
	g, target := cell.NewGrid(p.width, p.height), page.Target(t)
	f := &mapview.Frame{Scene: made, View: made.Home().Within(), Look: mapview.NewLook(t, colour), Hidden: hiddenLayers(scene)}
	area := cell.Rect{W: p.width, H: p.height}
	if p.tiles != "" {
		if f.Ground, err = p.ground(ctx, cfg, mapview.Viewport{View: f.View, Area: area}); err != nil {
			code := exitConfig
			if away := (*tileset.AwayError)(nil); errors.As(err, &away) {
				code = exitNetwork
			}
			return coded{code, err}
		}
	}
	new(mapview.Painter).Paint(g, area, f)
	target.Reduce(g)
	return writeFrame(p.out, g, p.format)
}

// ground gets the tiles that a view needs.
func (p deckCommand) ground(ctx context.Context, cfg config.Config, v mapview.Viewport) (*mapview.Ground, error) {
	o := p.tilesOptions(cfg, "--tiles")
	o.Open = func(path string) (tileset.File, error) { return regular(path, os.Stat, os.Open) }
	set, err := tileset.Open(ctx, p.tiles, o)
	if err != nil {
		return nil, err
	}
	defer set.Close()
	list, err := set.Load(ctx, v.Tiles(set.Zooms()))
	if err != nil {
		return nil, err
	}
	return mapview.NewGround(list, set.Credit()), nil
}

// hiddenLayers are the layers that a map does not show at first.
func hiddenLayers(scene *deck.Scene) []bool {
	out := make([]bool, len(scene.Layers))
	for i, l := range scene.Layers {
		out[i] = !l.Visible
	}
	return out
}
