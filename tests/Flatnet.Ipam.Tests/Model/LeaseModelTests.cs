using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Ipam.Tests;

public sealed class LeaseModelTests
{
    private static Property Agrees(Func<StoreFixture> create) => Prop.ForAll(
        Gen.Choose(0, 255).Three().ListOf(120).ToArbitrary(),
        steps =>
        {
            using StoreFixture fixture = create();
            fixture.Configuration = LeaseModel.Configuration;
            var model = new LeaseModel(fixture);
            try
            {
                foreach ((int kind, int a, int b) in steps)
                {
                    model.Step(kind, a, b);
                }

                model.CheckNothingLeaked();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(model.Log + "\n" + e.Message, e);
            }
        });

    [Fact]
    public void Any_sequence_of_calls_keeps_the_rules_in_memory() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Agrees(StoreFixture.InMemory));

    [Fact]
    public void Any_sequence_of_calls_keeps_the_rules_on_disk() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(8), Agrees(StoreFixture.OnDisk));
}
