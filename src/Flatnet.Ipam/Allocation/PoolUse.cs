namespace Flatnet.Ipam;

/// <summary>The numbers an exhausted pool is explained with.</summary>
internal readonly record struct PoolUse(int Used, int Static, UInt128 Total, string Location);
