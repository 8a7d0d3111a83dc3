import { hydrateRoot } from 'react-dom/client'
import { StepUp } from '../react/step-up'

hydrateRoot(document.querySelector('#root')!, <StepUp />)
