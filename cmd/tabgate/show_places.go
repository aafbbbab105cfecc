package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/data/places"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/pages/board"
)

// placesPage is the page that takes a file of places.
const placesPage = "mapping"

// withPlaces puts a file of places in the place of the source of the map that it
// is of, and looks at it where all of it is elsewhere.
func (p showCommand) withPlaces(ctx context.Context, o board.Options) (board.Options, error) {
	f, err := places.Read(ctx, p.file, p.reading)
	if err != nil {
		return o, err
	}
	base := session.Clean(filepath.Base(p.file), 100)
	for _, note := range f.Notes {
		fmt.Fprintln(p.err, session.Clean(base+": "+note, maxNote))
	}
	note := "File " + base
	if f.Told != "" {
		note += ": " + f.Told
	}
	of := map[places.Kind]string{places.Points: demo.Racks, places.Stops: demo.Stops, places.Lines: demo.Segments}[f.Kind]
	store, load := o.Store, o.Load
	o.Open = func(src dashboard.Source, params map[string][]string) board.Feed {
		if src.Name != of {
			return store.Open(src, params)
		}
		return &shownFile{source.Snapshot{Seq: 1, Frame: f.Frame, Complete: true, Note: note}}
	}
	o.Load = func(ctx context.Context, path string, most int64) ([]byte, error) {
		text, err := load(ctx, path, most)
		if err == nil && path == demo.MapSpec {
			if text, err = withShapes(text, f.Shapes); err != nil {
				return nil, err
			}
			return lookingAt(text, f.Box)
		}
		return text, err
	}
	return o, nil
}

// shownFile is a file that was read whole, as a board sees its sources.
type shownFile struct{ snapshot source.Snapshot }

// Next implements board.Feed.
func (f *shownFile) Next(ctx context.Context, after int) (source.Snapshot, error) {
	if after < f.snapshot.Seq {
		return f.snapshot, nil
	}
	<-ctx.Done()
	return source.Snapshot{}, ctx.Err()
}

// Refresh implements board.Feed.
func (f *shownFile) Refresh() {}

// Close implements board.Feed.
func (f *shownFile) Close() {}

// bay is the box that the demo's map is of: its south-western and north-eastern
// corner.
var bay = [2]places.Point{{Lon: -122.65, Lat: 37.4}, {Lon: -121.75, Lat: 38.15}}

// A view of a file's places shows them in so many pixels, and comes no nearer
// than this zoom.
const fitPixels, mostFit = 440, 14

// lookingAt is a map that looks at a box, where that is not in the map's own.
func lookingAt(spec []byte, box []places.Point) ([]byte, error) {
	if len(box) < 2 || box[0].Lon <= bay[1].Lon && box[1].Lon >= bay[0].Lon && box[0].Lat <= bay[1].Lat && box[1].Lat >= bay[0].Lat {
		return spec, nil
	}
	var doc map[string]json.RawMessage
	var view map[string]float64
	if err := json.Unmarshal(spec, &doc); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(doc["initialViewState"], &view); err != nil {
		return nil, err
	}
	x0, y0 := worldAt(box[0])
	x1, y1 := worldAt(box[1])
	view["longitude"], view["latitude"] = (box[0].Lon+box[1].Lon)/2, (box[0].Lat+box[1].Lat)/2
	view["zoom"] = min(math.Log2(fitPixels/max(x1-x0, y1-y0, 1e-9)), mostFit)
	text, err := json.Marshal(view)
	if err != nil {
		return nil, err
	}
	doc["initialViewState"] = text
	return json.Marshal(doc)
}

// withShapes is a map with a layer of lines and areas more.
func withShapes(spec []byte, shapes []json.RawMessage) ([]byte, error) {
	if len(shapes) == 0 {
		return spec, nil
	}
	type object map[string]any
	var doc map[string]json.RawMessage
	var layers []json.RawMessage
	if err := json.Unmarshal(spec, &doc); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(doc["layers"], &layers); err != nil {
		return nil, err
	}
	features := make([]object, len(shapes))
	for i, geometry := range shapes {
		features[i] = object{"type": "Feature", "properties": object{}, "geometry": geometry}
	}
	layer, err := json.Marshal(object{
		"@@type": "GeoJsonLayer", "id": "Lines and Areas", "data": object{"type": "FeatureCollection", "features": features},
		"getFillColor": []int{200, 30, 0, 60}, "getLineColor": []int{200, 30, 0, 200}, "lineWidthMinPixels": 2, "pointRadiusMinPixels": 3,
	})
	if err != nil {
		return nil, err
	}
	if doc["layers"], err = json.Marshal(append(layers, layer)); err != nil {
		return nil, err
	}
	return json.Marshal(doc)
}

// worldAt is a place in Web Mercator, whose world is a square of 512.
func worldAt(p places.Point) (x, y float64) {
	lat := min(max(p.Lat, -85), 85) * math.Pi / 180
	return 512 * (p.Lon + 180) / 360, 512 * math.Log(math.Tan(math.Pi/4+lat/2)) / (2 * math.Pi)
}
