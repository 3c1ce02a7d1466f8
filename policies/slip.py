"""A slip, under the name by which rules know it."""

from domain.slip import Slip as Slip
