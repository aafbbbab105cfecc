package data

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// The shapes of the originals' JSON: arrays of flat objects. The passengers
// of the stations are numbers in strings.
type (
	bikeRow struct {
		Lon, Lat coord
	}
	stationRow struct {
		Name, Code     string
		Lon, Lat       coord
		Entries, Exits count
	}
	pathRow struct {
		Lon, Lat, Lon2, Lat2 coord
		Inbound, Outbound    count
	}
)

// coord is a number that must be there.
type coord struct {
	v   float64
	set bool
}

func (c *coord) UnmarshalJSON(b []byte) error {
	v, err := number(b)
	*c = coord{v, err == nil}
	return err
}

// count is a whole number of at least 0, bare or in a string.
type count int

func (c *count) UnmarshalJSON(b []byte) error {
	v, err := number(b)
	if err == nil && (v < 0 || v > math.MaxInt32) {
		err = fmt.Errorf("%s is out of range", b)
	}
	*c = count(v)
	return err
}

func number(b []byte) (float64, error) {
	v, err := strconv.ParseFloat(string(bytes.Trim(b, `"`)), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, fmt.Errorf("%.40s is no number", b)
	}
	return v, nil
}

// place checks a position: within the world, and within the map's square,
// which ends at 85.06° north and south.
func place(lon, lat coord) (Point, error) {
	switch {
	case !lon.set || !lat.set:
		return Point{}, errors.New("a coordinate is missing")
	case math.Abs(lon.v) > 180:
		return Point{}, fmt.Errorf("longitude %g is out of range", lon.v)
	case math.Abs(lat.v) > 85.06:
		return Point{}, fmt.Errorf("latitude %g is out of range", lat.v)
	}
	return Point{lon.v, lat.v}, nil
}

// decodeRows reads an array one object at a time and gives each to add. An
// empty array is an error: no page can show it.
func decodeRows[T any](body []byte, add func(T) error) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return errors.New("no list of rows")
	}
	n := 0
	for ; dec.More(); n++ {
		var row T
		if err := dec.Decode(&row); err != nil {
			return fmt.Errorf("row %d: %w", n+1, err)
		}
		if err := add(row); err != nil {
			return fmt.Errorf("row %d: %w", n+1, err)
		}
	}
	if _, err := dec.Token(); err != nil {
		return fmt.Errorf("cut short after row %d", n)
	}
	if n == 0 {
		return errors.New("the list is empty")
	}
	return nil
}

func decodeBikes(body []byte) ([]Point, error) {
	var out []Point
	err := decodeRows(body, func(r bikeRow) error {
		p, err := place(r.Lon, r.Lat)
		out = append(out, p)
		return err
	})
	return out, err
}

func decodeStations(body []byte) ([]Station, error) {
	var out []Station
	err := decodeRows(body, func(r stationRow) error {
		p, err := place(r.Lon, r.Lat)
		if r.Name == "" {
			err = errors.Join(err, errors.New("a station has no name"))
		}
		out = append(out, Station{
			Code: r.Code, Name: r.Name, Lon: p.Lon, Lat: p.Lat,
			Entries: int(r.Entries), Exits: int(r.Exits),
		})
		return err
	})
	return out, err
}

func decodePaths(body []byte) ([]Segment, error) {
	var out []Segment
	err := decodeRows(body, func(r pathRow) error {
		from, err := place(r.Lon, r.Lat)
		to, err2 := place(r.Lon2, r.Lat2)
		out = append(out, Segment{From: from, To: to, Inbound: int(r.Inbound), Outbound: int(r.Outbound)})
		return errors.Join(err, err2)
	})
	return out, err
}

// decodeAgriculture reads the demo's table: years as columns.
func decodeAgriculture(body []byte) (Table, error) {
	t, err := ReadTable(bytes.NewReader(body))
	if err != nil {
		return Table{}, err
	}
	if _, ok := t.Years(); !ok {
		return Table{}, errors.New("the columns are no years")
	}
	t.Unit = AgricultureUnit
	return t, nil
}
