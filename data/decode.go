package data

import (
	"context"
	"errors"

	"github.com/authtabs/tabgate/data/textfile"
)

// decodePlaces reads what an address gave for the map, in whatever format it
// came. Unlike a person's own file it must have a place in every row: an answer
// that is half right does not replace the copy of a whole one.
func decodePlaces(body []byte) (City, error) {
	var c City
	f, err := readBytes(context.Background(), "places.json", body)
	if err != nil {
		return c, err
	}
	defer f.Close()
	r, err := c.replace(context.Background(), f)
	if err == nil && r.none+r.beyond+r.odd > 0 {
		err = errors.New(r.told(f.Len()))
	}
	return c, err
}

// readBytes is textfile.ReadBytes with errors that name no file.
func readBytes(ctx context.Context, name string, body []byte) (*textfile.Result, error) {
	f, err := textfile.ReadBytes(ctx, name, body, textfile.Options{})
	var own *textfile.Error
	if errors.As(err, &own) {
		err = own.Err
	}
	return f, err
}

func decodeBikes(body []byte) ([]Point, error) {
	c, err := decodePlaces(body)
	return c.Racks, err
}

func decodeStations(body []byte) ([]Station, error) {
	c, err := decodePlaces(body)
	return c.Stations, err
}

func decodePaths(body []byte) ([]Segment, error) {
	c, err := decodePlaces(body)
	return c.Segments, err
}

// decodeAgriculture reads the demo's table: years as columns.
func decodeAgriculture(body []byte) (Table, error) {
	t, err := ReadTable(context.Background(), "agriculture.csv", body)
	if err != nil {
		return Table{}, err
	}
	if _, ok := t.Years(); !ok {
		return Table{}, errors.New("the columns are no years")
	}
	t.Unit = AgricultureUnit
	return t, nil
}
