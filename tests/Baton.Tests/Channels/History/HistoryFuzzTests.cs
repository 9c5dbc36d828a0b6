using System.Text;
using Baton.Channels.History;
using Baton.Testing;

namespace Baton.Tests.Channels.History;

/// <summary>
/// Exports that are broken somewhere: what can be read is, the rest is told, and nothing ends the import.
/// </summary>
public sealed class HistoryFuzzTests : IDisposable
{
    private const int Inputs = 2_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-history-").FullName;

    public static TheoryData<string> Sources { get; } = [.. GenuineHistories.Of.Keys.Select(s => $"{s}")];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Sources))]
    public void Reads_any_file_without_an_exception(string name)
    {
        var source = Enum.Parse<HistorySource>(name);
        var (path, random) = (Path.Combine(_folder, "export"), new Random(20_261_130));
        var genuine = Encoding.UTF8.GetBytes(GenuineHistories.Of[source]);
        File.WriteAllBytes(path, genuine);
        Assert.Equal(2, Read(source, path));
        for (var i = 0; i < Inputs; i++)
        {
            var bytes = BrokenBytes.Of(random, genuine);
            File.WriteAllBytes(path, bytes);
            var error = Record.Exception(() => Read(source, path));
            Assert.True(error is null or HistoryException,
                $"input {i}: {error?.GetType().Name}: {error?.Message}\n{Encoding.UTF8.GetString(bytes)}");
        }
    }

    /// <summary>Tickets that were read.</summary>
    private static int Read(HistorySource source, string path) =>
        HistoryReader.Read(source, path, new HistoryMapping { Own = ["help@example.com"] }).Count(r => r.Ticket is not null);
}
