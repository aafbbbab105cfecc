package mapping

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

var errNotLoaded = errors.New("the map has no figures yet: wait until they are loaded, or press r to try again")

// Export writes the hexagons as "csv" or everything as "json".
func (a *atlas) Export(format string, w io.Writer) error {
	switch {
	case format != "csv" && format != "json":
		return page.ErrFormat
	case !a.ready():
		if a.load.err != nil {
			return a.load.err
		}
		return errNotLoaded
	case format == "csv":
		return a.scene.writeCSV(w)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(a.document())
}

func (s *scene) writeCSV(w io.Writer) error {
	c := csv.NewWriter(w)
	_ = c.Write([]string{"lon", "lat", "count", "class", "elevation_m"})
	for _, h := range s.columns {
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
		View   View  `json:"view"`
		Layers []any `json:"layers"`
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

func (a *atlas) document() document {
	s, on := a.scene, a.layers
	hexagons := hexagonLayer{head{layerNames[bikes], "hexagon", on[bikes]}, hexRadiusM, []hexJSON{}}
	for _, h := range s.columns {
		hexagons.Hexagons = append(hexagons.Hexagons, hexJSON{h.Lon, h.Lat, h.Count, h.Class, h.ElevationM})
	}
	stops := stopLayer{head{layerNames[exits], "scatterplot", on[exits]}, []stopJSON{}}
	labels := textLayer{head{layerNames[names], "text", on[names]}, []labelJSON{}}
	for _, st := range s.stops {
		stops.Stops = append(stops.Stops, stopJSON{st.name, st.lon, st.lat, st.exits, st.radiusM})
		labels.Labels = append(labels.Labels, labelJSON{st.name, st.lon, st.lat})
	}
	arcs := arcLayer{head{layerNames[flows], "arc", on[flows]}, []arcJSON{}}
	for _, f := range s.flows {
		arcs.Arcs = append(arcs.Arcs, arcJSON{
			[2]float64{f.fromLL.Lon, f.fromLL.Lat}, [2]float64{f.toLL.Lon, f.toLL.Lat}, f.outbound, f.widthPx,
		})
	}
	return document{a.view, []any{hexagons, stops, labels, arcs}}
}

// save writes an export to a file. It is written to memory now, while the
// model stands still; only the file is the command's.
func (a *atlas) save(format string) tea.Cmd {
	var b bytes.Buffer
	if err := a.Export(format, &b); err != nil {
		return page.Send(page.Failed{Err: err})
	}
	write, name := a.env.Save, "mapping."+format
	return func() tea.Msg {
		path, err := write(name, b.Bytes())
		if err != nil {
			return page.Failed{Err: fmt.Errorf("export the map: %w", err)}
		}
		return page.Notice{Text: "Saved " + path}
	}
}
