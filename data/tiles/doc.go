// Package tiles reads the tiles that maps on the web are made of, for the ground
// of a map: Mapbox Vector Tiles 2.1 and archives of them, PMTiles 3.
//
//	[Decode]   a tile as it is written: layers, features, properties, places
//	[Read]     the same as ground: water, green, roads by class, places, in
//	           common space, whichever of four schemas it is written in
//	[Archive]  finds a tile in a PMTiles archive, wherever its bytes are
//
// It asks nobody: package tileset reads files and addresses. Everything is
// bounded, and what is broken is an error.
package tiles
