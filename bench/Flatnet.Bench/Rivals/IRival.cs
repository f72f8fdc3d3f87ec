using Flatnet.Bench.Measuring;

namespace Flatnet.Bench.Rivals;

/// <summary>Somebody who attaches containers to a network: one plugin with one configuration, or the static C program.</summary>
internal interface IRival
{
    public string Name { get; }

    public Step Add(Container container);

    public Step Delete(Container container);
}
