namespace Flatnet.Cli.Networks;

/// <summary>Where a runtime's networks are kept. CNI's directory is one; netavark's will be another.</summary>
internal interface INetworkBackend
{
    /// <summary>The networks that are there.</summary>
    public InstalledNetworks Read();

    /// <summary>Makes the network known to the runtime.</summary>
    /// <returns>The file that describes it.</returns>
    public string Create(NetworkPlan plan);

    /// <summary>Makes the runtime forget the network.</summary>
    public void Remove(InstalledNetwork network);
}
