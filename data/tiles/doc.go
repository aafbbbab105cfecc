// Package tiles reads the tiles that maps on the web are made of, for the ground
// of a map: Mapbox Vector Tiles 2.1.
//
//	[Decode]  a tile as it is written: layers, features, properties, places
//	[Read]    the same as ground: water, green, roads by class, places, in
//	          common space, whichever of three schemas it is written in
//
// It asks nobody: package tileset gets tiles from archives, which package pmtiles
// reads, and from addresses. Everything is bounded, and what is broken is an
// error.
package tiles
