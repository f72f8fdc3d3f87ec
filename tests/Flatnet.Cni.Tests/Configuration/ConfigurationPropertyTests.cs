using System.Text;
using Flatnet.Cni.Addressing;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Cni.Tests.Configuration;

/// <summary>Whatever arrives on standard input ends in a configuration or a declared failure, never in anything else.</summary>
public sealed class ConfigurationPropertyTests
{
    private const string Valid = """
        {"cniVersion":"1.0.0","name":"flatnet","bridge":"flatnet-br0","isGateway":true,"ipMasq":true,"vlanTrunk":[{"minID":1,"maxID":5}],"mtu":1400,
         "dns":{"nameservers":["1.1.1.1"]},"args":{"cni":{"ips":["10.87.1.9"]}},"runtimeConfig":{"mac":"02:00:00:00:00:01","ips":["10.87.1.9/24"]},
         "ipam":{"type":"flatnet-ipam","ranges":[[{"subnet":"10.87.1.0/24","rangeStart":"10.87.1.5"}]],"routes":[{"dst":"0.0.0.0/0","gw":"10.87.1.1"}]}}
        """;

    private static readonly Config Thousand = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void Arbitrary_bytes() => Check.One(Thousand, Prop.ForAll<byte[]>(input => EndsAsDeclared(input)));

    [Fact]
    public void Mutated_bytes()
    {
        byte[] original = Encoding.UTF8.GetBytes(Valid);
        Gen<byte[]> mutated =
            from count in Gen.Choose(1, 6)
            from positions in Gen.Choose(0, original.Length - 1).ArrayOf(count)
            from values in Gen.Choose(0, 255).ArrayOf(count)
            from length in Gen.Frequency((4, Gen.Constant(original.Length)), (1, Gen.Choose(0, original.Length)))
            select Mutate(original, positions, values, length);

        Check.One(Thousand, Prop.ForAll(Arb.From(mutated), EndsAsDeclared));
    }

    private static byte[] Mutate(byte[] original, int[] positions, int[] values, int length)
    {
        byte[] copy = [.. original];
        for (int i = 0; i < positions.Length; i++)
        {
            copy[positions[i]] = (byte)values[i];
        }

        return copy[..length];
    }

    private static bool EndsAsDeclared(byte[] input)
    {
        var invocation = new Invocation { Command = CniCommand.Add, CommandText = "ADD" };
        try
        {
            CniRequest request = CniRequestReader.Read(invocation, input);
            NetworkConfiguration network = NetworkConfigurationReader.Read(request.Source, request.Network, request.Version, "");
            NetworkConfigurationReader.ReadForRemoval(request.Source, request.Network, request.Version);
            AddressSources.ReadForRemoval(request.Source, request.Network, null);
            return InterfaceName.Problem(network.Bridge) is null && network.Vlan is >= 0 and <= VlanRange.MaxId;
        }
        catch (Exception error) when (error is CniException or ConfigException)
        {
            return error.Message.Length > 0;
        }
    }
}
