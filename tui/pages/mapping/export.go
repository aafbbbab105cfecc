package mapping

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strconv"

	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

var errNotLoaded = errors.New("the map has no figures yet: wait until they are loaded, or press r to try again")

// writeCSV writes the hexagons.
func writeCSV(w io.Writer, s *mapview.Scene) error {
	c := csv.NewWriter(w)
	_ = c.Write([]string{"lon", "lat", "count", "class", "elevation_m"})
	for _, h := range s.Columns {
		_ = c.Write([]string{
			strconv.FormatFloat(h.Lon, 'f', 6, 64), strconv.FormatFloat(h.Lat, 'f', 6, 64),
			strconv.Itoa(h.Count), strconv.Itoa(h.Class), strconv.FormatFloat(h.ElevationM, 'f', 2, 64),
		})
	}
	c.Flush()
	return c.Error()
}

// The JSON shapes.
type (
	document struct {
		View   mapview.View `json:"view"`
		Layers []any        `json:"layers"`
	}
	head struct {
		Name    string `json:"name"`
		Kind    string `json:"kind"`
		Visible bool   `json:"visible"`
	}
	hexagonLayer struct {
		head
		RadiusM  int       `json:"radius_m"`
		Hexagons []hexJSON `json:"hexagons"`
	}
	hexJSON struct {
		Lon        float64 `json:"lon"`
		Lat        float64 `json:"lat"`
		Count      int     `json:"count"`
		Class      int     `json:"class"`
		ElevationM float64 `json:"elevation_m"`
	}
	stopLayer struct {
		head
		Stops []stopJSON `json:"stops"`
	}
	stopJSON struct {
		Name    string  `json:"name"`
		Lon     float64 `json:"lon"`
		Lat     float64 `json:"lat"`
		Exits   int     `json:"exits"`
		RadiusM float64 `json:"radius_m"`
	}
	textLayer struct {
		head
		Labels []labelJSON `json:"labels"`
	}
	labelJSON struct {
		Text string  `json:"text"`
		Lon  float64 `json:"lon"`
		Lat  float64 `json:"lat"`
	}
	arcLayer struct {
		head
		Arcs []arcJSON `json:"arcs"`
	}
	arcJSON struct {
		From     [2]float64 `json:"from"`
		To       [2]float64 `json:"to"`
		Outbound int        `json:"outbound"`
		WidthPx  float64    `json:"width_px"`
	}
)

// documentOf is everything that is on the map, in the shapes of JSON.
func documentOf(s *mapview.Scene, v mapview.View, on mapview.Layers) document {
	hexagons := hexagonLayer{head{layerNames[mapview.Bikes], "hexagon", on[mapview.Bikes]}, mapview.HexRadiusM, []hexJSON{}}
	for _, h := range s.Columns {
		hexagons.Hexagons = append(hexagons.Hexagons, hexJSON{h.Lon, h.Lat, h.Count, h.Class, h.ElevationM})
	}
	stops := stopLayer{head{layerNames[mapview.Exits], "scatterplot", on[mapview.Exits]}, []stopJSON{}}
	labels := textLayer{head{layerNames[mapview.Names], "text", on[mapview.Names]}, []labelJSON{}}
	for _, st := range s.Stops {
		stops.Stops = append(stops.Stops, stopJSON{st.Name, st.Lon, st.Lat, st.Exits, st.RadiusM})
		labels.Labels = append(labels.Labels, labelJSON{st.Name, st.Lon, st.Lat})
	}
	arcs := arcLayer{head{layerNames[mapview.Flows], "arc", on[mapview.Flows]}, []arcJSON{}}
	for _, f := range s.Flows {
		arcs.Arcs = append(arcs.Arcs, arcJSON{
			[2]float64{f.Source.Lon, f.Source.Lat}, [2]float64{f.Target.Lon, f.Target.Lat}, f.Outbound, f.WidthPx,
		})
	}
	return document{v, []any{hexagons, stops, labels, arcs}}
}

func writeJSON(w io.Writer, d document) error {
	return json.NewEncoder(w).Encode(d)
}
