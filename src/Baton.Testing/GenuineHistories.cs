using Baton.Channels.History;

namespace Baton.Testing;

/// <summary>Two tickets as each system exports them, to be broken.</summary>
internal static class GenuineHistories
{
    public static readonly IReadOnlyDictionary<HistorySource, string> Of = new Dictionary<HistorySource, string>
    {
        [HistorySource.Zendesk] = """
            {"id":42,"subject":"Tent","description":"Bent","status":"solved","requester_id":5,"via":{"channel":"email"},"custom_fields":[{"id":99,"value":"tier2"}],"comments":[{"author_id":5,"plain_body":"Bent","created_at":"2026-01-02T10:00:00Z","public":true},{"author_id":9,"html_body":"<p>We send <b>one</b>.</p>","public":true}]}
            {"id":43,"subject":"Boots","description":"Too small","tags":["boots"],"satisfaction_rating":{"score":"good"}}
            """,
        [HistorySource.Intercom] = """
            {"id":"7","created_at":1767348000,"state":"closed","updated_at":1767351600,"source":{"type":"email","subject":"<p>Tent</p>","body":"<p>Bent</p>","author":{"type":"user","id":"u1"}},"tags":{"tags":[{"name":"tent"}]},"contacts":{"contacts":[{"id":"u1"}]},"conversation_rating":{"rating":4},"conversation_parts":{"conversation_parts":[{"part_type":"note","body":"<p>secret</p>","author":{"type":"admin"}},{"part_type":"comment","body":"<p>We send one</p>","author":{"type":"admin"},"created_at":1767348060}]}}
            {"id":"8","created_at":1767348000,"source":{"body":"Boots","author":{"type":"lead"}}}
            """,
        [HistorySource.Freshdesk] = """
            {"id":3,"subject":"Tent","description_text":"Bent","status":5,"priority":4,"source":1,"group_id":11,"requester_id":5,"tags":["tent"],"created_at":"2026-01-02T10:00:00Z","stats":{"resolved_at":"2026-01-03T10:00:00Z"},"conversations":[{"id":1,"body_text":"We send one","incoming":false,"private":false,"user_id":9,"created_at":"2026-01-02T11:00:00Z"}]}
            {"id":4,"subject":"Boots","description":"<p>Too small</p>"}
            """,
        [HistorySource.Mbox] = """
            From ann@example.net Fri Jan  2 10:00:00 2026
            From: Ann <ann@example.net>
            To: help@example.com
            Subject: Tent
            Message-ID: <1@example.net>
            Date: Fri, 02 Jan 2026 10:00:00 +0000
            Content-Type: multipart/alternative; boundary="b"

            --b
            Content-Type: text/plain; charset=utf-8

            The pole is bent.
            --b
            Content-Type: text/html

            <p>The pole is bent.</p>
            --b--

            From help@example.com Fri Jan  2 11:00:00 2026
            From: help@example.com
            To: ann@example.net
            Subject: Re: Tent
            Message-ID: <2@example.com>
            In-Reply-To: <1@example.net>
            Date: Fri, 02 Jan 2026 11:00:00 +0000

            We send another.

            From bob@example.net Fri Jan  2 12:00:00 2026
            From: bob@example.net
            To: help@example.com
            Subject: =?utf-8?q?B=C3=B6ots?=
            Message-ID: <3@example.net>

            Too small.

            """,
    };
}
