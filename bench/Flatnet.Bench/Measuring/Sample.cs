namespace Flatnet.Bench.Measuring;

/// <summary>One run of one program: when it started and was gone, and the most memory it held.</summary>
internal readonly record struct Sample(long StartNanoseconds, long EndNanoseconds, int Status, long PeakKibibytes)
{
    public double Milliseconds => (EndNanoseconds - StartNanoseconds) / 1e6;
}
