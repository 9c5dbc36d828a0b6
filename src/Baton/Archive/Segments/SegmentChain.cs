using System.Text;
using Baton.Storage.Events;

namespace Baton.Archive.Segments;

/// <summary>Walks the events of a segment, stream by stream, and holds each against the one before it.</summary>
internal sealed class SegmentChain
{
    private readonly EventHash _hash = new();
    private string _last = "";

    /// <summary>Version that the next event of the stream has.</summary>
    public long Next { get; private set; } = 1;

    /// <summary>Hash of the last event.</summary>
    public string Last => _last;

    /// <summary>Begins with a stream behind one of its events.</summary>
    public void Begin(long version, string hash) => (Next, _last) = (version + 1, hash);

    /// <summary>Whether it follows.</summary>
    public bool Takes(StoredEvent fact)
    {
        if (fact.Version != Next) return false;
        _hash.Compute(
            Encoding.ASCII.GetBytes(_last), fact.StreamId, fact.Version, fact.Type,
            Encoding.ASCII.GetBytes(Ledger.Time(fact.At)), fact.Data.Span);
        if (Encoding.ASCII.GetString(_hash.Hash) != fact.Hash) return false;
        (Next, _last) = (Next + 1, fact.Hash);
        return true;
    }
}
