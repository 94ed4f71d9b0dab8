namespace Agency.Tests.Oracle;

/// <summary>
/// Places where domain.md leaves something open and where a test may want the other reading. The default is the one
/// the oracle took; the numbers are those of the comment blocks "readings" in SlowItemClock.cs, SlowProject.cs and SlowLedger.cs.
/// </summary>
public sealed record SlowReadings
{
    public static SlowReadings Default { get; } = new();

    /// <summary>P1: "no earlier than five working days after it was recorded" is that fifth day itself; true: the day after it.</summary>
    public bool SweepWaitsPastTheFifthDay { get; init; }

    /// <summary>P2: an item of another kind that is approved but not confirmed does not make a stage complete.</summary>
    public bool CompleteNeedsConfirmation { get; init; } = true;

    /// <summary>P3: an undetermined item keeps a stage from being complete.</summary>
    public bool UndeterminedHoldsComplete { get; init; } = true;

    /// <summary>P4: submission, supplement, hand-in and withdrawal of an item of a higher authority are the owner's too.</summary>
    public bool OwnerSubmitsToHigherAuthority { get; init; } = true;

    /// <summary>P5: a withdrawal may be dated into a pause.</summary>
    public bool WithdrawalWithinPause { get; init; } = true;

    /// <summary>P6: only materials that are owed can be handed in.</summary>
    public bool HandInOnlyWhatIsOwed { get; init; } = true;

    /// <summary>P7: a revoked round counts as one that "ended without approval", so that its item can be struck.</summary>
    public bool RevokedCanBeStruck { get; init; }

    /// <summary>P8: with milestoneRule any, an undetermined milestone holds the stage open although another is approved.</summary>
    public bool UndeterminedHoldsAny { get; init; } = true;

    /// <summary>L1: an item that has become undetermined after its ready day does not apply, so nobody is charged; false: its owner is.</summary>
    public bool UndeterminedIsCharged { get; init; }

    /// <summary>L8: days that are counted after the span has ended are no approval days; false: they are, and the ledger lacks them.</summary>
    public bool ApprovalDaysEndWithTheSpan { get; init; } = true;
}
