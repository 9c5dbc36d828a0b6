using System.Numerics.Tensors;
using Baton.Privacy.Finding;

namespace Baton.Privacy.Tagging;

/// <summary>Joins labelled words into findings: words of one label with only fitting marks between them.</summary>
internal ref struct TagSpans(Reading reading)
{
    private readonly Reading _reading = reading;
    private TagLabel _label = TagLabel.Nothing;
    private int _first;
    private int _last = -2;
    private float _sum;
    private int _words;

    /// <summary>The next word with the probability of each label.</summary>
    public void Add(int token, scoped ReadOnlySpan<float> probabilities)
    {
        var label = (TagLabel)TensorPrimitives.IndexOfMax(probabilities);
        if (label is TagLabel.Nothing or TagLabel.Structured) return;
        var continues = label == _label && Joined(token, label);
        if (!continues)
        {
            Close();
            (_label, _first, _sum, _words) = (label, token, 0, 0);
        }
        _last = token;
        _sum += probabilities[(int)label];
        _words++;
    }

    /// <summary>Ends the finding that is open.</summary>
    public void Close()
    {
        if (_label == TagLabel.Nothing) return;
        var (start, end) = (_reading.Tokens[_first].Start, _reading.Tokens[_last].End);
        var type = TagLabels.TypeOf(_label);
        if (type == PersonalDataType.Person && _first < _last) start = AfterTitle(start);
        if (type == PersonalDataType.Date && (_reading.CueBefore(_first) & WordClass.CueBirth) != 0)
            type = PersonalDataType.BirthDate;
        if (type is PersonalDataType.Title && _reading.IsChar(_last + 1, '.')
            && _reading.Touch(_last, _last + 1)) end++;
        _reading.Add(start, end, type, Math.Round(_sum / _words, 3));
        _label = TagLabel.Nothing;
    }

    /// <summary>A form of address before a name is a finding of its own.</summary>
    private readonly int AfterTitle(int start)
    {
        var token = _reading.Tokens[_first];
        if (!token.Is(WordClass.Title) || !token.IsCapitalised || token.Is(WordClass.FirstName)) return start;
        var next = _reading.Mark(_first + 1) == '.' ? _first + 2 : _first + 1;
        if (next > _last) return start;
        _reading.Add(start, _reading.Tokens[next - 1].End, PersonalDataType.Title, 0.8);
        return _reading.Tokens[next].Start;
    }

    private readonly bool Joined(int token, TagLabel label)
    {
        for (var t = _last + 1; t < token; t++)
        {
            var mark = _reading.Mark(t);
            if (mark == '\0') return false;
            var fits = label switch
            {
                TagLabel.Address => mark is ',' or '.' or '-' or '/' or '#' or '\'' or '\\' or '(' or ')' or ';' or ':',
                TagLabel.Phone => mark is '-' or '.' or '/' or '(' or ')' or '+',
                TagLabel.Date => mark is '-' or '.' or '/' or ':' or ',',
                TagLabel.Organisation => mark is '.' or '-' or '&' or '\'' or ',' or '/',
                TagLabel.Title => mark is ',' or '.' or '-' or '/' or '\'',
                TagLabel.Zip or TagLabel.DriverLicence => mark is '-',
                _ => mark is '.' or '-' or '\'',
            };
            if (!fits) return false;
        }
        return label is TagLabel.Address || !StartsLine(token);
    }

    private readonly bool StartsLine(int token)
    {
        for (var t = _last + 1; t <= token; t++)
            if (_reading.Tokens[t].StartsLine) return true;
        return false;
    }
}
