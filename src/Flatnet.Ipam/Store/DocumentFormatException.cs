using System.Globalization;

namespace Flatnet.Ipam;

/// <summary>A state document that is JSON, but not ours. Never leaves the store.</summary>
internal sealed class DocumentFormatException(string expectation, long offset)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"{expectation} at byte {offset}"));
