namespace Baton.Tests.Channels;

/// <summary>What the ticker of the documentation prints on.</summary>
public interface ITickerLine
{
    /// <summary>False when there is no paper. A line that is printed already is not printed again.</summary>
    Task<bool> PrintAsync(string id, string text, CancellationToken cancellationToken);
}
