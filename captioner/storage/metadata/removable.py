"""What a recipe can take out of a photo, by the tags of each block that hold it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

_MAKER_NOTES = frozenset({0x927C, 0xC634, 0xC4A5})
"""MakerNote, DNGPrivateData, PrintIM"""
_CAMERA_RAW = frozenset(f"http://ns.adobe.com/camera-raw-{each}/1.0/" for each in ("settings", "defaults",
                                                                               "saved-settings"))  # fmt: skip
_FURTHER_PICTURES = frozenset({
    "http://ns.google.com/photos/1.0/container/", "http://ns.google.com/photos/1.0/container/item/",
    "http://ns.adobe.com/hdr-gain-map/1.0/",
})  # fmt: skip
"""Directories of what stands behind the picture: they go when it goes."""
_FURTHER_NAMES = frozenset({"MicroVideo.*", "MotionPhoto.*"})


@dataclass(frozen=True)
class Removable:
    tags: frozenset[int] = frozenset()
    """Of TIFF, in whatever directory."""
    names: frozenset[str] = frozenset()
    """Of XMP properties and structures' fields, without their prefix, as patterns; of PNG's texts too."""
    namespaces: frozenset[str] = frozenset()
    """Of XMP, wholly."""
    resources: frozenset[int] = frozenset()
    """Of Photoshop."""
    datasets: frozenset[tuple[int, int]] = frozenset()
    """Of IIM."""
    makes: frozenset[str] = frozenset()
    """Cameras whose maker note holds it."""
    is_hidden: bool = False
    """Whether it may stand in what no standard describes, where it can't be looked for."""
    is_thumbnail: bool = False

    def __or__(self, other: "Removable") -> "Removable":
        return Removable(*(getattr(self, each.name) | getattr(other, each.name) for each in fields(self)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self.names)) or r"(?!)", re.IGNORECASE)

    def names_property(self, uri: str, local: str) -> bool:
        return uri in self.namespaces or bool(self._pattern.fullmatch(local))

    def names_text(self, keyword: str) -> bool:
        """With a prefix or without, as in `exif:GPSLatitude`."""
        return any(self._pattern.fullmatch(each) for each in (keyword, keyword.rpartition(":")[2]))


REMOVABLE: Mapping[str, Removable] = {
    "gps": Removable(
        tags=frozenset({0x8825, 0x830E, 0x8482, 0x85D8, 0x87AF, 0x87B0, 0x87B1, 0xA480}),
        # GPSInfo; GeoTIFF's scale, tie points, transformation and keys; GDAL's
        names=frozenset({".*gps.*", ".*latitude.*", ".*longitude.*", ".*altitude.*"}),
        namespaces=frozenset({"http://www.w3.org/2003/01/geo/wgs84_pos#", "http://www.georss.org/georss"}),
        makes=frozenset({"dji", "hasselblad", "autel", "parrot", "skydio", "gopro", "yuneec"}),
        is_hidden=True,
    ),
    "serial_numbers": Removable(
        tags=frozenset({0xA430, 0xA431, 0xA435, 0xC62F, 0xFDE8, 0xFDE9, *_MAKER_NOTES}),
        # CameraOwnerName, BodySerialNumber, LensSerialNumber, CameraSerialNumber, OwnerName, SerialNumber
        names=frozenset({".*serial_?number.*", "(camera)?ownername", ".*maker_?note.*", "dngprivatedata"}),
        is_hidden=True,
    ),
    "maker_notes": Removable(
        tags=_MAKER_NOTES, names=frozenset({".*maker_?note.*", "dngprivatedata", "printim.*"}), is_hidden=True
    ),
    "thumbnail": Removable(
        names=frozenset({"thumb.*", ".*thumbnail.*"}),
        namespaces=frozenset({"http://ns.adobe.com/xap/1.0/g/img/"}),
        resources=frozenset({1033, 1036}),
        datasets=frozenset({(2, 200), (2, 201), (2, 202)}),  # ObjectData preview: format, version, data
        is_thumbnail=True,
    ),
    "edit_history": Removable(
        tags=frozenset({0x000B, 0xA438, 0xA43A, 0xA43B, 0xA43C}),
        # ProcessingSoftware; Exif 3.0's ImageEditor and the names of developing and editing programs
        names=frozenset({".*history.*", "derivedfrom", "ingredients", "pantry", "manifest", "documentancestors"}),
        namespaces=frozenset({*_CAMERA_RAW, "http://darktable.sf.net/"}),
    ),
}  # fmt: skip
EXIF_COPIES = frozenset({1058, 1059})
"""Resources in which Photoshop repeats EXIF."""


def removable(names: Collection[str]) -> Removable:
    """All of them as one."""
    found = Removable(names=_FURTHER_NAMES, namespaces=_FURTHER_PICTURES, resources=EXIF_COPIES)
    for name in names:
        found |= REMOVABLE[name]
    return found


def note_tags(wanted: Removable, make: str) -> frozenset[int]:
    """The tags of a maker's note, where its cameras write into it what is to go."""
    return _MAKER_NOTES if make.lower().startswith(tuple(wanted.makes)) else frozenset()


OF_THE_PICTURE = Removable(
    names=frozenset({
        *_FURTHER_NAMES, "HasExtendedXMP", "ColorSpace", "Pixel[XY]Dimension", "ICCProfile", "ColorMode", "TextLayers",
        "Orientation", "ImageWidth", "ImageLength", "BitsPerSample", "Compression", "PhotometricInterpretation",
        "SamplesPerPixel", "PlanarConfiguration", "YCbCr.*", "[XY]Resolution", "ResolutionUnit", "TransferFunction",
        "WhitePoint", "PrimaryChromaticities", "ReferenceBlackWhite", "ComponentsConfiguration", "NativeDigest",
        "CompressedBitsPerPixel", "Gamma", "LegacyIPTCDigest", "SidecarForExtension", "Thumbnails", "Regions",
        "RegionInfo", "ImageRegion", "History", "DocumentAncestors", ".*maker_?note.*", "format",
    }),
    namespaces=frozenset({
        "http://ns.adobe.com/xap/1.0/mm/", "http://ns.adobe.com/xap/1.0/g/img/", *_CAMERA_RAW, *_FURTHER_PICTURES,
        "http://darktable.sf.net/", "http://ns.google.com/photos/1.0/camera/", "http://ns.google.com/photos/1.0/image/",
        "http://ns.google.com/photos/1.0/depthmap/", "http://ns.google.com/photos/1.0/audio/",
        "http://ns.google.com/photos/1.0/panorama/", "http://ns.apple.com/HDRGainMap/1.0/",
    }),
)  # fmt: skip
"""What speaks of one picture's octets and pixels, and is wrong of another that is made from it."""
