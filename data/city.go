package data

import (
	"cmp"
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/authtabs/tabgate/auth/fault"
)

// City gives what the map shows, within a few seconds: each of the three
// lists by itself live, cached or bundled. Its origin is that of the list
// that is furthest from live.
func (s *Source) City(ctx context.Context) (City, error) { return s.city(ctx, true) }

// CityNow gives what is at hand, without waiting for the network.
func (s *Source) CityNow(ctx context.Context) (City, error) { return s.city(ctx, false) }

func (s *Source) city(ctx context.Context, ask bool) (City, error) {
	stand, err := BundledCity()
	if err != nil {
		return City{}, err
	}
	bikes := newResource("bike_rental_stats.json", "data.bike_racks", s.o.URLs.Bikes, originals.Bikes, decodeBikes,
		func() ([]Point, error) { return stand.Racks, nil })
	stops := newResource("bart_stop_stats.json", "data.stations", s.o.URLs.Stations, originals.Stations, decodeStations,
		func() ([]Station, error) { return stand.Stations, nil })
	paths := newResource("bart_path_stats.json", "data.segments", s.o.URLs.Paths, originals.Paths, decodePaths,
		func() ([]Segment, error) { return stand.Segments, nil })

	c := City{Land: stand.Land, Places: stand.Places}
	var origins [3]Origin
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		defer fault.Recover()
		c.Racks, origins[0], err = get(gctx, s, bikes, ask)
		return err
	})
	g.Go(func() (err error) {
		defer fault.Recover()
		c.Stations, origins[1], err = get(gctx, s, stops, ask)
		return err
	})
	g.Go(func() (err error) {
		defer fault.Recover()
		c.Segments, origins[2], err = get(gctx, s, paths, ask)
		return err
	})
	if err := g.Wait(); err != nil {
		return City{}, err
	}
	c.Origin = s.furthest(origins[:])
	if s.o.File == "" {
		return c, nil
	}
	return c.withFile(ctx, s.o.File, s.o.Reading)
}

// furthest is the origin that a reader must know of: bundled before cached
// before live, of two cached ones the one that must be asked again, and of two
// alike the older.
func (s *Source) furthest(origins []Origin) Origin {
	rank := func(o Origin) int {
		switch {
		case o.Kind == Bundled:
			return 0
		case o.Kind == Cache && !s.fresh(o):
			return 1
		case o.Kind == Cache:
			return 2
		}
		return 3
	}
	o := slices.MinFunc(origins, func(a, b Origin) int {
		return cmp.Or(rank(a)-rank(b), a.Fetched.Compare(b.Fetched))
	})
	o.Name, o.Licence = cityName, cityLicence
	return o
}
