using System.ComponentModel.DataAnnotations;
using Baton.Conversations.Attachments;

namespace Baton.Conversations.Inbound;

/// <summary>Hard limits of what is accepted; above them a delivery is refused with a clear error.</summary>
public sealed record IntakeOptions
{
    /// <summary>Longest single message, characters. The playbook's limit decides how much models read.</summary>
    [Range(1, 10_000_000)]
    public int MessageCharacters { get; init; } = 500_000;

    /// <summary>Longest subject, characters.</summary>
    [Range(1, 100_000)]
    public int SubjectCharacters { get; init; } = 2_000;

    /// <summary>Messages of one conversation.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerConversation { get; init; } = 10_000;

    /// <summary>Further values of one ticket.</summary>
    [Range(1, 10_000)]
    public int Fields { get; init; } = 50;

    /// <summary>Headers of one message.</summary>
    [Range(1, 10_000)]
    public int Headers { get; init; } = 100;

    /// <summary>Longest value of a header, characters.</summary>
    [Range(1, 100_000)]
    public int HeaderCharacters { get; init; } = 2_000;

    /// <summary>Longest value of a field, characters.</summary>
    [Range(1, 1_000_000)]
    public int FieldCharacters { get; init; } = 500;

    /// <summary>Files that come with messages.</summary>
    public AttachmentOptions Attachments { get; init; } = new();

    /// <summary>
    /// Milliseconds that the start of a turn gives way to deliveries which wait for the disk; 0 for not at all.
    /// </summary>
    [Range(0, 10_000)]
    public int GiveWayMs { get; init; } = 100;
}
