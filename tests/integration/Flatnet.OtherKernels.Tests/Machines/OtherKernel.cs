namespace Flatnet.OtherKernels.Tests.Machines;

[CollectionDefinition(Name)]
public sealed class OtherKernel : ICollectionFixture<Guest>
{
    public const string Name = "other kernel";
}
