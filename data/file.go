package data

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// maxJSONFile is the largest JSON file that is read, in bytes.
const maxJSONFile = 256 << 20

// openFile opens a person's own file; the error says what to do.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path) // Opening a pipe would wait for its other end.
	switch {
	case err != nil:
		return nil, fileError(path, err)
	case info.IsDir():
		return nil, fileError(path, errors.New("it is a folder"))
	case !info.Mode().IsRegular():
		return nil, fileError(path, errors.New("it is no regular file: save it as one first"))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	return f, nil
}

func fileError(path string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("the data file %q cannot be read: %w", path, err)
}

// tableFile reads a file as a Table.
func tableFile(ctx context.Context, path string) (Table, error) {
	f, err := openFile(path)
	if err != nil {
		return Table{}, err
	}
	defer f.Close()
	r, _, err := textOf(f)
	if err != nil {
		return Table{}, fileError(path, err)
	}
	t, err := ReadTable(r)
	if err != nil {
		return Table{}, fileError(path, err)
	}
	t.Origin = fileOrigin(path)
	return t, ctx.Err()
}

func fileOrigin(path string) Origin {
	return Origin{Kind: File, URL: path, Name: filepath.Base(path)}
}

// withFile puts a file of one of the originals' shapes in the place of that
// list: what the first row holds tells which.
func (c City) withFile(path string) (City, error) {
	f, err := openFile(path)
	if err != nil {
		return City{}, err
	}
	defer f.Close()
	r, _, err := textOf(f)
	if err != nil {
		return City{}, fileError(path, err)
	}
	body, err := readAll(r, maxJSONFile)
	if err != nil {
		return City{}, fileError(path, err)
	}
	switch keys := firstKeys(body); {
	case keys["lon2"]:
		c.Segments, err = decodePaths(body)
	case keys["exits"]:
		c.Stations, err = decodeStations(body)
	default:
		c.Racks, err = decodeBikes(body)
	}
	if err != nil {
		return City{}, fileError(path, err)
	}
	c.Origin = fileOrigin(path)
	return c, nil
}

// firstKeys are the field names of the first row.
func firstKeys(body []byte) map[string]bool {
	keys := map[string]bool{}
	dec := json.NewDecoder(bytes.NewReader(body))
	if _, err := dec.Token(); err != nil {
		return keys
	}
	var row map[string]json.RawMessage
	if dec.Decode(&row) == nil {
		for k := range row {
			keys[k] = true
		}
	}
	return keys
}

// Rows opens the file that is set as a sheet, whatever its shape. It is closed
// when ctx ends.
func (s *Source) Rows(ctx context.Context) (*Sheet, error) {
	if s.o.File == "" {
		return nil, errors.New("no data file is set")
	}
	sheet, err := OpenSheet(ctx, s.o.File)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = sheet.Close() })
	return sheet, nil
}
