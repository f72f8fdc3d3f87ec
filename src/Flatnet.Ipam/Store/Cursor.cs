namespace Flatnet.Ipam;

/// <summary>How far round robin has come in one range set.</summary>
/// <param name="Set">The set's text; an index would point elsewhere as soon as <c>ipRanges</c> puts a set in front.</param>
/// <param name="Last">The address handed out last.</param>
internal readonly record struct Cursor(string Set, IpValue Last);
