using Baton.Text.Learning;

namespace Baton.Tests.Text;

public sealed class SoftmaxHeadTests
{
    private static readonly SoftmaxHead Head = SoftmaxHead.Train(Examples(), 3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Knows_the_class_of_what_it_was_shown(int axis)
    {
        var probabilities = Head.Predict(Axis(axis));

        Assert.Equal(axis, Array.IndexOf(probabilities, probabilities.Max()));
        Assert.Equal(1, probabilities.Sum(), 0.001);
    }

    [Fact]
    public void Learns_the_same_from_the_same() =>
        Assert.Equal(Head.Predict(Axis(1)), SoftmaxHead.Train(Examples(), 3).Predict(Axis(1)));

    [Fact]
    public void Reads_back_what_it_wrote()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) Head.Save(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);

        Assert.Equal(Head.Predict(Axis(2)), SoftmaxHead.Load(reader).Predict(Axis(2)));
    }

    private static List<(float[] Vector, int Class, float Weight)> Examples() =>
        [.. Enumerable.Range(0, 60).Select(i => (Axis(i % 3), i % 3, 1f))];

    private static float[] Axis(int axis) => [.. Enumerable.Range(0, 4).Select(i => i == axis ? 1f : 0f)];
}
